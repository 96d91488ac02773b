#!/usr/bin/env bash
# The whole chat on this machine; Ctrl-C ends it. `dotnet run --project Local` does the same, also on Windows.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
unset NODE_ENV # Set to production, npm would leave out what builds and tests the web client.
case "$(dotnet --version 2>/dev/null)" in
  10.*) ;;
  *) echo "run.sh: .NET SDK 10 is needed (https://dotnet.microsoft.com/download)." >&2; exit 1 ;;
esac
node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)' 2>/dev/null ||
  { echo "run.sh: Node.js 20.19 or newer is needed (https://nodejs.org)." >&2; exit 1; }

# The web client goes into the function app, so it is built first. npm leaves the hidden file behind; older than the lock file, it is of another lock file.
if [ -f Web/package.json ]; then
  [ Web/node_modules/.package-lock.json -nt Web/package-lock.json ] || npm ci --prefix Web --no-audit --no-fund --loglevel error
  if [ ! -e Web/dist/index.html ] || [ -n "$(find Web -mindepth 1 \( -path Web/node_modules -o -path Web/dist \) -prune -o -newer Web/dist/index.html -print -quit)" ]; then
    npm run --silent --prefix Web bundle -- --logLevel warn || { rm -f Web/dist/index.html; exit 1; }
  fi
fi

dotnet build Local --verbosity quiet --nologo
# Not `dotnet run`: a signal sent to this script has to reach the program that ends the others.
exec dotnet Local/bin/Debug/net10.0/Local.dll "$@"
