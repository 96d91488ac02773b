#!/usr/bin/env bash
# Builds the web client into Web/dist, when something in it is newer than the last build.
set -euo pipefail
cd "$(dirname "$0")"
unset NODE_ENV # Set to production, npm would leave out what the build needs.

# npm leaves this file behind; older than the lock file, it is of another lock file.
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --loglevel error

# Folders count too: they change when a file is taken away. A build that failed half-way is not one.
is_new() { [ -e dist/index.html ] && [ -z "$(find . -mindepth 1 \( -path ./node_modules -o -path ./dist \) -prune -o -newer dist/index.html -print)" ]; }
is_new || npm run --silent bundle -- --logLevel warn || { rm -f dist/index.html; exit 1; }
