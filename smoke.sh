#!/usr/bin/env bash
# The tour of README.md against any deployment: ./smoke.sh https://chat.example.org [seconds that it may take to wake up, default 60].
# Two people, a group with a Persian name, sockets, private messages. Exit code 0: it works; 1: a step failed, and it says which; 2: wrong
# arguments. It deletes its group and ends its sessions; its two accounts (…-smoke-…) stay, because the API erases none.
set -euo pipefail
cd "$(dirname "$0")"
node_major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
[ "$node_major" -ge 20 ] || { echo "smoke.sh: Node.js 20 or newer is needed (https://nodejs.org)." >&2; exit 2; }

# Node has WebSockets of its own from version 22 on; before it, those of the package ws.
if [ "$node_major" -lt 22 ] && [ ! -e tools/node_modules/ws/package.json ]; then
  npm ci --prefix tools --no-audit --no-fund --loglevel error || { echo "smoke.sh: npm ci in tools/ failed." >&2; exit 2; }
fi
exec node tools/smoke/main.mjs "$@"
