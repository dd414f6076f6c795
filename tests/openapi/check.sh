#!/usr/bin/env bash
# Lints the services' OpenAPI documents and compiles clients generated from them. Ends with 1 when a document has a finding or a client does not compile.
# Usage: tests/openapi/check.sh [FOLDER]   FOLDER has ingestion.json and insights.json, as the services' tests write them (default: artifacts/openapi).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
documents=$(cd "${1:-$here/../../artifacts/openapi}" 2>/dev/null && pwd) || {
  echo "There is no folder ${1:-artifacts/openapi}: run the tests of Ingestion.Service and Insights.Api first, they write the documents." >&2
  exit 1
}
for service in ingestion insights; do
  [ -s "$documents/$service.json" ] || { echo "There is no $documents/$service.json: run the service's tests first, they write it." >&2; exit 1; }
done

cd "$here"
./install.sh

export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
npx --no-install redocly lint --config redocly.yaml "$documents/ingestion.json" "$documents/insights.json"
rm -rf generated
for service in ingestion insights; do
  npx --no-install openapi-typescript "$documents/$service.json" --default-non-nullable=false --output "generated/$service.ts"
done
npx --no-install tsc --project tsconfig.json
echo "Both documents are clean, and the clients compile."
