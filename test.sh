#!/usr/bin/env bash
# Installs what the tests need, builds once with warnings as errors, runs every test project of the solution and closes with the line
# "N passed, N failed". Exit code 0 only when all passed. Arguments go to the test runner: ./test.sh -class '*.ErrorTests'
set -uo pipefail
cd "$(dirname "$0")"
configuration=${CONFIGURATION:-Debug}
limit_minutes=${TEST_LIMIT_MINUTES:-30}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

fail() { echo "test.sh: $*" >&2; echo "0 passed, 1 failed"; exit 1; }

case "$(dotnet --version 2>/dev/null)" in 10.*) ;; *) fail ".NET SDK 10 is needed (https://dotnet.microsoft.com/download)." ;; esac
node_major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
[ "$node_major" -ge 20 ] || fail "Node.js 20 or newer is needed (https://nodejs.org)."

# npm leaves this file behind; older than the lock file, it is of another lock file.
if [ ! tools/node_modules/.package-lock.json -nt tools/package-lock.json ]; then
  npm ci --prefix tools --no-audit --no-fund --loglevel error || fail "npm ci in tools/ failed."
fi

dotnet build ServerlessChat.sln --configuration "$configuration" --verbosity quiet --nologo || fail "the build failed."

# Ends the runner when it takes too long: a test has its own limit, this is for what no test foresaw. macOS has no timeout(1).
if command -v timeout >/dev/null; then
  limited() { timeout --kill-after=30 $((limit_minutes * 60)) "$@"; }
else
  limited() { perl -e 'alarm shift; exec @ARGV' $((limit_minutes * 60)) "$@"; }
fi

attribute() { sed -n "s/.*<assembly [^>]*[[:space:]]$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1; }

passed=0
failed=0
mkdir -p TestResults
for project in $(dotnet sln ServerlessChat.sln list | tr '\\' '/' | grep 'Tests\.csproj'); do
  name=$(basename "$project" .csproj)
  result="TestResults/$name.xml"
  rm -f "$result"
  echo "== $name"
  limited dotnet "$(dirname "$project")/bin/$configuration/net10.0/$name.dll" -noLogo -noColor -xml "$result" "$@"
  code=$?
  project_failed=$(attribute "$result" failed 2>/dev/null)
  errors=$(attribute "$result" errors 2>/dev/null)
  passed=$((passed + $(attribute "$result" passed 2>/dev/null || echo 0) + 0))
  project_failed=$((${project_failed:-0} + ${errors:-0}))
  # A runner that crashed or was ended reports nothing; that is a failure too.
  if [ $code -ne 0 ] && [ $project_failed -eq 0 ]; then project_failed=1; fi
  failed=$((failed + project_failed))
done

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
