#!/usr/bin/env bash
# Makes the package that Azure Functions takes: the folder artifacts/functions and the same as artifacts/functions.zip, when something in
# it is newer than the last one. QUICK=1 compiles file by file and looks at no style, in half of the time, for a program that does the same and
# starts a little later. RUNTIME=osx-arm64 makes a package that runs on such a machine.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
runtime=${RUNTIME:-linux-x64}
folder=artifacts/functions
zip=$folder.zip
made=artifacts/functions.made

Web/build.sh

is_new() {
  [ -e "$zip" ] && { grep -qsx "$runtime" "$made" || { [ -n "${QUICK:-}" ] && grep -qsx "$runtime quick" "$made"; }; } \
    && [ -z "$(find Functions Web/dist package.sh tools/zip.mjs Directory.*.props global.json \( -name bin -o -name obj \) -prune -o -type f -newer "$zip" -print)" ]
}
if is_new; then echo "$zip is up to date."; exit; fi

rm -rf "$folder" "$zip" "$made"
dotnet publish Functions --configuration Release --runtime "$runtime" --output "$folder" --verbosity quiet --nologo ${QUICK:+-p:PublishReadyToRunComposite=false -p:RunAnalyzers=false}
program=$(node -p 'JSON.parse(fs.readFileSync(process.argv[1])).customHandler.description.defaultExecutablePath' "$folder/host.json")
node tools/zip.mjs "$folder" "$zip" "$program"
echo "$runtime${QUICK:+ quick}" > "$made"
echo "$zip: $(du -h "$zip" | cut -f1)"
