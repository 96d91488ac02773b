#!/usr/bin/env bash
# The whole chat on this machine; Ctrl-C ends it. `dotnet run --project Local` does the same, also on Windows.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
case "$(dotnet --version 2>/dev/null)" in
  10.*) ;;
  *) echo "run.sh: .NET SDK 10 is needed (https://dotnet.microsoft.com/download)." >&2; exit 1 ;;
esac
node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)' 2>/dev/null ||
  { echo "run.sh: Node.js 20.19 or newer is needed (https://nodejs.org)." >&2; exit 1; }
Web/build.sh
dotnet build Local --verbosity quiet --nologo
# Not `dotnet run`: a signal sent to this script has to reach the program that ends the others.
exec dotnet Local/bin/Debug/net10.0/Local.dll "$@"
