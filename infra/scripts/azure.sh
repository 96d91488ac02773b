# Shared by the scripts of this folder. They run as hooks of azd, which puts the environment's values (.azure/NAME/.env) into theirs;
# by hand: set -a; eval "$(azd env get-values)"; set +a.

fail() { echo "$(basename "$0"): $*" >&2; exit 1; }

needs() {
  for name in "$@"; do [ -n "${!name:-}" ] || fail "$name is not set: run it by azd, or load the environment first (docs/deploying.md)."; done
}

# az has a default subscription of its own, and with it a tenant.
needs_az() {
  local subscription
  command -v az >/dev/null || fail "the Azure CLI (az) is needed: https://learn.microsoft.com/cli/azure/install-azure-cli"
  subscription=$(az account show --query id --output tsv 2>/dev/null) || fail "az is not signed in: az login. azd signs in for itself alone."
  [ "${AZURE_SUBSCRIPTION_ID:-$subscription}" = "$subscription" ] ||
    fail "az works in another subscription than azd: az account set --subscription $AZURE_SUBSCRIPTION_ID"
}

# Repeats a command until it succeeds, for as many seconds as the first argument says: roles take minutes to hold everywhere.
patiently() {
  local until=$((SECONDS + $1)); shift
  until "$@"; do
    [ "$SECONDS" -lt "$until" ] || return 1
    sleep "${RETRY_SECONDS:-10}"
  done
}

# Prints how many secrets of the name the vault has: 0 or 1. An answer, unlike an error, says that the vault lets us in.
count_key() { az keyvault secret list --vault-name "$AZURE_KEY_VAULT_NAME" --query "length([?name=='$1'])" --output tsv 2>"$errors"; }

# Makes the signing key of the name, unless the vault has one. It is never printed, and never an argument of a process.
# Sets made to yes or no.
ensure_key() {
  local name=$1 count
  folder=$(umask 077; mktemp -d)
  trap 'rm -rf "$folder"' EXIT # However the script ends: the key is in it for a moment.
  errors=$folder/errors
  patiently "${ROLE_SECONDS:-600}" count_key "$name" >"$folder/count" || fail "the vault $AZURE_KEY_VAULT_NAME does not answer: $(tail -n 1 "$errors")"
  count=$(tail -n 1 "$folder/count")
  made=no
  if [ "$count" = 0 ]; then
    (umask 077; openssl rand -base64 48 | tr -d '\n' >"$folder/key")
    [ -s "$folder/key" ] || fail "openssl made no key."
    az keyvault secret set --vault-name "$AZURE_KEY_VAULT_NAME" --name "$name" --file "$folder/key" --encoding utf-8 --output none
    made=yes
    echo "Made the signing key $name in $AZURE_KEY_VAULT_NAME."
  elif [ "$count" = 1 ]; then
    echo "The signing key $name is in $AZURE_KEY_VAULT_NAME."
  else
    fail "the vault $AZURE_KEY_VAULT_NAME was asked for $name and answered neither 0 nor 1."
  fi
}
