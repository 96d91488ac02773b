#!/usr/bin/env bash
# After the code: the hubs and their event handlers, which can answer now, and the smoke test, which shows that they do.
set -euo pipefail
cd "$(dirname "$0")"
. ./azure.sh
needs AZURE_RESOURCE_GROUP AZURE_WEB_PUBSUB_NAME AZURE_FUNCTION_HOST CHAT_URL EVENT_AUDIENCE
needs_az

is_up() { curl --silent --fail --output /dev/null --max-time 60 "${CHAT_URL%/}/health/"; }
if ! patiently "${HEALTH_SECONDS:-600}" is_up; then
  curl --silent --show-error --max-time 60 "${CHAT_URL%/}/health/" >&2 || true
  fail "the app is not healthy at ${CHAT_URL%/}/health/. What to look at: docs/deploying.md."
fi

az deployment group create --resource-group "$AZURE_RESOURCE_GROUP" --name hubs --template-file ../bicep/hubs.bicep --output none --parameters \
  webPubSubName="$AZURE_WEB_PUBSUB_NAME" functionAppHost="$AZURE_FUNCTION_HOST" eventAudience="$EVENT_AUDIENCE" directSockets="${DIRECT_SOCKETS:-false}"
echo "The event handlers are set."

exec ../../smoke.sh "$CHAT_URL" "${SMOKE_SECONDS:-120}"
