#!/usr/bin/env bash
# Prints the keys of a stack that the AppHost started, for a shell to take over:  eval "$(samples/keys.sh)"
# Each is the parameter given to the AppHost (Parameters__ingest-key, Parameters__read-key, Parameters__admin-key), or else the one that it generated and keeps in its user secrets.
set -euo pipefail

secrets=${DOTNET_USER_SECRETS_FALLBACK_DIR:-$HOME/.microsoft/usersecrets}/dunnhumby-apphost/secrets.json

key() {
  local given
  given=$(printenv "Parameters__$1" || true)
  if [[ -z $given && -r $secrets ]]; then
    given=$(sed -n "s/.*\"Parameters:$1\"[[:space:]]*:[[:space:]]*\"\([^\"]*\)\".*/\1/p" "$secrets")
  fi
  if [[ -z $given ]]; then
    echo "There is no $1 yet: start the AppHost once (dotnet run --project AppHost), which generates it, or give Parameters__$1." >&2
    exit 2
  fi
  printf '%s=%q\n' "$2" "$given"
}

key ingest-key INGEST_KEY
key read-key READ_KEY
key admin-key ADMIN_KEY
