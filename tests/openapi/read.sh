#!/usr/bin/env bash
# Generates a client from the document of a running Insights.Api, compiles a program that uses it, and runs that: it prints what it read as JSON.
# Usage: API_KEY=... tests/openapi/read.sh ADDRESS
set -euo pipefail
cd "$(dirname "$0")"
./install.sh
npx --no-install openapi-typescript "$1/openapi/v1.json" --default-non-nullable=false --output generated/insights.ts >&2
npx --no-install tsc --project tsconfig.read.json >&2
node built/read.js "$1"
