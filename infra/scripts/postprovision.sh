#!/usr/bin/env bash
# After the resources: the key that signs access tokens, made once and never overwritten, and read by the app.
set -euo pipefail
cd "$(dirname "$0")"
. ./azure.sh
needs AZURE_SUBSCRIPTION_ID AZURE_KEY_VAULT_NAME AZURE_RESOURCE_GROUP AZURE_FUNCTION_NAME
needs_az

ensure_key "${TOKEN_KEY_ID:-token-key-1}"

# The app's setting refers to the key. Azure reads what is referred to when a setting changes and once a day: what failed, because there
# was no key or the app's role did not hold yet, stays so until Azure is told to read again. A restart alone does not do that.
app=/subscriptions/$AZURE_SUBSCRIPTION_ID/resourceGroups/$AZURE_RESOURCE_GROUP/providers/Microsoft.Web/sites/$AZURE_FUNCTION_NAME
references() { az rest --method "$1" --url "$app/config/configreferences/appsettings/$2?api-version=2022-03-01" "${@:3}" 2>/dev/null; }
look() { state=$(references GET Tokens__Keys__0__Secret --query properties.status --output tsv) || state=unknown; }
is_read() { references POST refresh --output none || true; look; [ "$state" = Resolved ] || [ "$state" = unknown ]; }

look
if [ "$made" = yes ] || { [ "$state" != Resolved ] && [ "$state" != unknown ]; }; then
  patiently "${ROLE_SECONDS:-600}" is_read || echo "Azure has not read the app's key yet ($state): docs/deploying.md." >&2
  az functionapp restart --resource-group "$AZURE_RESOURCE_GROUP" --name "$AZURE_FUNCTION_NAME" --output none
fi
