#!/usr/bin/env bash
# Installs what the scripts beside it need: once, and anew when the lock file has changed.
set -euo pipefail
cd "$(dirname "$0")"
if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
  npm ci --no-audit --no-fund >&2
  cp package-lock.json node_modules/.installed-lock.json
fi
