#!/usr/bin/env bash
# Builds the web client into Web/dist, when something in it is newer than the last build.
set -euo pipefail
cd "$(dirname "$0")"

# npm leaves this file behind; older than the lock file, it is of another lock file.
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --loglevel error

is_new() { [ -e dist/index.html ] && [ -z "$(find . \( -name node_modules -o -name dist \) -prune -o -type f -newer dist/index.html -print)" ]; }
is_new || npm run --silent bundle -- --logLevel warn
