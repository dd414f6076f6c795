#!/bin/sh
# RabbitMQ as processes of this machine, by the contract of its container image (RABBITMQ_DEFAULT_USER, RABBITMQ_DEFAULT_PASS). RABBITMQ_DEFINITIONS is JSON with its users.
# rabbitmq.sh DIRECTORY PORT PORT_MAPPER_PORT DISTRIBUTION_PORT   A port mapper and a cookie of its own keep it apart from every other node.
set -eu
. "$(dirname "$0")/common.sh"
account=rabbitmq
programs() {
  server=$(ls -d /usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server 2>/dev/null | sort -V | tail -n 1)
  epmd=$(command -v epmd || ls /usr/lib/erlang/erts-*/bin/epmd 2>/dev/null | tail -n 1)
  [ -x "$server" ] && [ -x "$epmd" ]
}
need rabbitmq-server "RabbitMQ 3.10 or later"
take "$1"
check_password "$RABBITMQ_DEFAULT_PASS"

umask 077
cat >rabbitmq.conf <<CONF
listeners.tcp.1 = 127.0.0.1:$2
default_user = $RABBITMQ_DEFAULT_USER
default_pass = $RABBITMQ_DEFAULT_PASS
log.console.level = warning
${RABBITMQ_DEFINITIONS:+load_definitions = $root/definitions.json}
CONF
echo '[].' >enabled_plugins && : >rabbitmq-env.conf && printf %s "${RABBITMQ_DEFINITIONS:-}" >definitions.json
[ -s .erlang.cookie ] || { tr -dc A-Za-z0-9 </dev/urandom | head -c 32 >.erlang.cookie && chmod 400 .erlang.cookie; }
own rabbitmq.conf definitions.json enabled_plugins rabbitmq-env.conf .erlang.cookie

export HOME="$root" ERL_EPMD_PORT="$3" ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_DIST_PORT="$4" RABBITMQ_NODENAME=dunnhumby@localhost
export ERL_FLAGS='-start_epmd false -kernel inet_dist_use_interface {127,0,0,1}'
export RABBITMQ_CONF_ENV_FILE="$root/rabbitmq-env.conf" RABBITMQ_CONFIG_FILE="$root/rabbitmq.conf" RABBITMQ_ADVANCED_CONFIG_FILE="$root/advanced.config"
export RABBITMQ_ENABLED_PLUGINS_FILE="$root/enabled_plugins" RABBITMQ_MNESIA_BASE="$root/mnesia" RABBITMQ_MNESIA_DIR="$root/mnesia/node"
export RABBITMQ_GENERATED_CONFIG_DIR="$root/config" RABBITMQ_SCHEMA_DIR="$root/schema" RABBITMQ_FEATURE_FLAGS_FILE="$root/feature_flags"
export RABBITMQ_LOG_BASE="$root/log" RABBITMQ_LOGS=- RABBITMQ_PID_FILE="$root/pid"
# Threads that wait a moment before they sleep halve its start, in which it looks for modules 50,000 times. And it must not ask systemd whether it is ready.
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='+sbwt short +sbwtdio short' RUNNING_UNDER_SYSTEMD=true
unset NOTIFY_SOCKET RABBITMQ_DEFAULT_USER RABBITMQ_DEFAULT_PASS RABBITMQ_DEFINITIONS
trap stop=yes TERM INT
(as "$epmd" -port "$3" -address 127.0.0.1) & mapper=$!
run TERM "$server" || true
while kill "$mapper" 2>/dev/null; do sleep 0.1; done; exit $rc
