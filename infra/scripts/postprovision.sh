#!/usr/bin/env bash
# After the resources: the key that signs access tokens, made once and never overwritten.
set -euo pipefail
cd "$(dirname "$0")"
. ./azure.sh
needs AZURE_KEY_VAULT_NAME AZURE_RESOURCE_GROUP AZURE_FUNCTION_NAME
needs_az

ensure_key "${TOKEN_KEY_ID:-token-key-1}"

# What a setting refers to in the vault is read when the app starts.
if [ "$made" = yes ]; then
  az functionapp restart --resource-group "$AZURE_RESOURCE_GROUP" --name "$AZURE_FUNCTION_NAME" --output none
fi
