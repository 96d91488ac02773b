#!/usr/bin/env bash
# Before the resources: the Entra application that stands for the event handlers, and the month that the budget starts in.
# Each is made once and kept in the azd environment.
set -euo pipefail
cd "$(dirname "$0")"
. ./azure.sh
needs AZURE_ENV_NAME
needs_az

if [ -z "${EVENT_AUDIENCE:-}" ]; then
  name=serverlesschat-events-$AZURE_ENV_NAME
  EVENT_AUDIENCE=$(az ad app list --filter "displayName eq '$name'" --query '[0].appId' --output tsv)
  if [ -z "$EVENT_AUDIENCE" ] || [ "$EVENT_AUDIENCE" = None ]; then
    EVENT_AUDIENCE=$(az ad app create --display-name "$name" --sign-in-audience AzureADMyOrg --query appId --output tsv)
    echo "Made the Entra application $name."
  fi

  echo "The Entra application $name: $EVENT_AUDIENCE."

  # Tokens of version 2: their issuer is the one of WebPubSub__EventAuthority, and their audience the bare client id.
  object=$(az ad app show --id "$EVENT_AUDIENCE" --query id --output tsv)
  az rest --method PATCH --url "https://graph.microsoft.com/v1.0/applications/$object" --headers Content-Type=application/json \
    --body '{"api":{"requestedAccessTokenVersion":2}}' --output none
  az ad sp show --id "$EVENT_AUDIENCE" --output none 2>/dev/null || az ad sp create --id "$EVENT_AUDIENCE" --output none
  azd env set EVENT_AUDIENCE "$EVENT_AUDIENCE"
fi

[ -n "${BUDGET_START:-}" ] || azd env set BUDGET_START "$(date -u +%Y-%m-01)"
