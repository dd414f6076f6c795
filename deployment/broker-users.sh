#!/bin/sh
# Makes the services' users at a broker, or gives those that it has these passwords and permissions. Run it where rabbitmqctl reaches the broker, with
# INGESTION_MESSAGING_PASSWORD, TRANSFORM_MESSAGING_PASSWORD, INSIGHTS_MESSAGING_PASSWORD and DASHBOARD_MESSAGING_PASSWORD in the environment.
set -eu

# user NAME CONFIGURE WRITE READ
user() {
  variable=$(printf %s "$1" | tr '[:lower:]' '[:upper:]')_MESSAGING_PASSWORD
  password=$(printenv "$variable") || { echo "Set $variable to the password of the user $1." >&2; exit 1; }
  # Passwords go through standard input: arguments can be read by everybody on the machine.
  if rabbitmqctl --quiet list_users | cut -f 1 | grep -qx "$1"; then
    printf '%s\n' "$password" | rabbitmqctl --quiet change_password "$1"
  else
    printf '%s\n' "$password" | rabbitmqctl --quiet add_user "$1"
  fi
  rabbitmqctl --quiet set_permissions "$1" "$2" "$3" "$4"
}

user ingestion '^(Dunnhumby\.Contracts\.Messages:(LoadCompleted|LoadWithdrawn))$' '^(Dunnhumby\.Contracts\.Messages:(LoadCompleted|LoadWithdrawn))$' '^$'
user transform '^(Dunnhumby\.Contracts\.Messages:(LoadCompleted|LoadWithdrawn)|Dunnhumby\.Contracts\.Messages:InsightsPublished|transform-load-(completed|withdrawn)(_error|_skipped)?|MassTransit:(Receive)?Fault(--.*)?)$' '^(Dunnhumby\.Contracts\.Messages:InsightsPublished|transform-load-(completed|withdrawn)(_error|_skipped)?|MassTransit:(Receive)?Fault(--.*)?)$' '^(Dunnhumby\.Contracts\.Messages:(LoadCompleted|LoadWithdrawn)|transform-load-(completed|withdrawn)(_error|_skipped)?|MassTransit:(Receive)?Fault(--.*)?)$'
user insights '^(Dunnhumby\.Contracts\.Messages:InsightsPublished|insights-published-.*)$' '^(insights-published-.*)$' '^(Dunnhumby\.Contracts\.Messages:InsightsPublished|insights-published-.*)$'
user dashboard '^(Dunnhumby\.Contracts\.Messages:InsightsPublished|dashboard-published-.*)$' '^(dashboard-published-.*)$' '^(Dunnhumby\.Contracts\.Messages:InsightsPublished|dashboard-published-.*)$'
