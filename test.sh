#!/usr/bin/env bash
# Installs what the tests need, builds once with warnings as errors, runs every test project of the solution and closes with the line
# "N passed, N failed". Exit code 0 only when all passed. Arguments go to the test runner: ./test.sh -class '*.ErrorTests'
set -uo pipefail
cd "$(dirname "$0")"
configuration=${CONFIGURATION:-Debug}
limit_minutes=${TEST_LIMIT_MINUTES:-30}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
unset NODE_ENV # The web client's tests are not meant for production's builds of what they use.

fail() { echo "test.sh: $*" >&2; echo "0 passed, 1 failed"; exit 1; }

case "$(dotnet --version 2>/dev/null)" in 10.*) ;; *) fail ".NET SDK 10 is needed (https://dotnet.microsoft.com/download)." ;; esac
node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)' 2>/dev/null ||
  fail "Node.js 20.19 or newer is needed (https://nodejs.org)."

# What waits for packages or uses one core alone runs beside the next step: its output is shown when it ends.
beside() { mkdir -p TestResults; "$@" >"TestResults/$1.log" 2>&1 & }
ended() { local code=0; wait "$2" || code=$?; cat "TestResults/$1.log"; return $code; }

trap wait EXIT # Nothing goes on when this has ended.

# npm leaves this file behind; older than the lock file, it is of another lock file.
install_tools() {
  [ tools/node_modules/.package-lock.json -nt tools/package-lock.json ] || npm ci --prefix tools --no-audit --no-fund --loglevel error
}
beside install_tools
tools=$!

# The web client is driven in Chromium; the variable CHROMIUM names one that is elsewhere. Asked for its version, because Ubuntu's chromium-browser may be an empty shell.
find_chromium() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable chrome "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if "$name" --version >/dev/null 2>&1; then command -v "$name"; return; fi
  done
}
install_chromium() {
  apt-get update -qq >&2
  for package in chromium chromium-browser; do DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >&2 && return; done
}
if [ -n "${CHROMIUM:-}" ]; then
  "$CHROMIUM" --version >/dev/null 2>&1 || fail "the variable CHROMIUM names no browser that runs: $CHROMIUM"
else
  CHROMIUM=$(find_chromium)
  if [ -z "$CHROMIUM" ] && [ "$(id -u)" -eq 0 ] && [ -e /etc/debian_version ]; then install_chromium; CHROMIUM=$(find_chromium); fi
  [ -n "$CHROMIUM" ] || fail "Chromium or Chrome is needed. Install it (Debian: apt-get install chromium), or name its executable in the variable CHROMIUM."
fi
export CHROMIUM

web_is_built=0
Web/build.sh || web_is_built=1
ended install_tools $tools || fail "npm ci in tools/ failed."
[ $web_is_built -eq 0 ] || fail "the build of the web client failed."
dotnet build ServerlessChat.sln --configuration "$configuration" --verbosity quiet --nologo || fail "the build failed."

# The package that the Functions host's stand-in starts. One that ./package.sh made in full is taken as it is.
make_package() {
  RUNTIME="$(uname -s | sed 's/Darwin/osx/; s/Linux/linux/')-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')" QUICK=1 ./package.sh
}
beside make_package
package=$!

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

# The arguments are for the runner of .NET: with them, the web client's own tests are not meant.
if [ $# -eq 0 ]; then
  echo "== Web"
  npm run --silent --prefix Web check || failed=$((failed + 1))
  rm -f TestResults/Web.json
  limited npm run --silent --prefix Web test -- --reporter=default --reporter=json --outputFile.json=../TestResults/Web.json || web_code=$?
  counts=$(node -p 'const { numPassedTests, numFailedTests } = JSON.parse(fs.readFileSync("TestResults/Web.json")); `${numPassedTests} ${numFailedTests}`' 2>/dev/null || echo "0 1")
  passed=$((passed + ${counts% *}))
  web_failed=${counts#* }
  if [ "${web_code:-0}" -ne 0 ] && [ "$web_failed" -eq 0 ]; then web_failed=1; fi
  failed=$((failed + web_failed))
fi

for project in $(dotnet sln ServerlessChat.sln list | tr '\\' '/' | grep 'Tests\.csproj'); do
  name=$(basename "$project" .csproj)
  result="TestResults/$name.xml"
  if [ "$name" = Functions.Tests ]; then ended make_package $package || fail "the package could not be made."; fi
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
