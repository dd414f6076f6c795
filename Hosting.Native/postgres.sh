#!/bin/sh
# Postgres as a process of this machine, by the contract of its container image (POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_INITDB_ARGS).
# postgres.sh DIRECTORY PORT [OPTION…]   Options are those of the program postgres.
set -eu
. "$(dirname "$0")/common.sh"
account=postgres
programs() { bin=$(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin 2>/dev/null | sort -V | tail -n 1) && [ -x "$bin/postgres" ]; }
need postgresql "PostgreSQL 15 or later"
take "$1"
port=$2 && shift 2
check_password "$POSTGRES_PASSWORD"

# Made under another name, so that an interrupted first start leaves nothing that looks finished.
if [ ! -d data ]; then
  rm -rf data.new
  (umask 077 && printf '%s\n' "$POSTGRES_PASSWORD" >.password)
  own .password
  (as "$bin/initdb" -D "$root/data.new" --username="${POSTGRES_USER:-postgres}" --pwfile="$root/.password" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 ${POSTGRES_INITDB_ARGS:-})
  mv data.new data
fi

# Nobody else is here (see take): a lock file is what a crash left, and its process id may belong to somebody else by now.
rm -f data/postmaster.pid .password
unset POSTGRES_PASSWORD
# Statements that fail must not bring the passwords in them into the log.
run INT "$bin/postgres" -D "$root/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 \
  -c log_min_error_statement=panic "$@"
