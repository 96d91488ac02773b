#!/usr/bin/env bash
# After azd down: what preprovision.sh made outside the resource group goes too, and the environment forgets what is no more, so that the
# next azd up starts anew. An Entra application of another name was somebody else's work and stays.
set -euo pipefail
cd "$(dirname "$0")"
. ./azure.sh
needs AZURE_ENV_NAME
needs_az

if [ -n "${EVENT_AUDIENCE:-}" ] && [ "$(az ad app show --id "$EVENT_AUDIENCE" --query displayName --output tsv)" = "serverlesschat-events-$AZURE_ENV_NAME" ]; then
  az ad app delete --id "$EVENT_AUDIENCE"
  azd env set EVENT_AUDIENCE ""
fi

azd env set BUDGET_START ""          # A new budget can't start in a month that is over.
azd env set PREVIOUS_TOKEN_KEY_ID "" # A new vault has no key of that name.
