#!/usr/bin/env bash
# Rotates the key that signs access tokens. Nobody is logged out:
#   infra/scripts/rotate-signing-key.sh            a new key signs, the old one still verifies
#   infra/scripts/rotate-signing-key.sh --finish   an hour later (Tokens__AccessLifetime): the old one is forgotten
set -euo pipefail
cd "$(dirname "$0")"
. ./azure.sh
set -a
eval "$(azd env get-values)"
set +a
needs AZURE_KEY_VAULT_NAME
needs_az

current=${TOKEN_KEY_ID:-token-key-1}
previous=${PREVIOUS_TOKEN_KEY_ID:-}
case "${1:-}" in
  --finish)
    [ -n "$previous" ] || fail "no rotation is under way."
    azd env set PREVIOUS_TOKEN_KEY_ID ""
    azd provision
    echo "$previous is forgotten by the app. It stays in the vault; delete it there when nobody will roll back to it."
    ;;
  "")
    [ -z "$previous" ] || fail "$previous still verifies: end that rotation with --finish first."
    [[ $current =~ ^(.*-)([0-9]+)$ ]] || fail "TOKEN_KEY_ID ends with no number: $current."
    next=${BASH_REMATCH[1]}$((BASH_REMATCH[2] + 1))
    ensure_key "$next"
    azd env set TOKEN_KEY_ID "$next"
    azd env set PREVIOUS_TOKEN_KEY_ID "$current"
    azd provision
    echo "$next signs. In an hour: $0 --finish"
    ;;
  *) fail "its one argument is --finish." ;;
esac
