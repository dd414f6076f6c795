#!/usr/bin/env bash
# Uploads a folder of the eight Complete Journey files (.csv, .csv.gz or .csv.zst, in any case) to the ingestion service.
#   samples/upload.sh DIR
# INGESTION_URL  where the service is (http://localhost:5101)
# INGEST_KEY     its key; when unset, the one of the stack that the AppHost started (samples/keys.sh)
set -euo pipefail

if [[ $# -ne 1 || ! -d $1 ]]; then
  echo "usage: samples/upload.sh DIR   (a folder of the eight files as .csv, .csv.gz or .csv.zst)" >&2
  exit 2
fi

folder=$1
url=${INGESTION_URL:-http://localhost:5101}
if [[ -z ${INGEST_KEY:-} ]]; then
  keys=$("$(dirname "${BASH_SOURCE[0]}")/keys.sh") || exit 2
  eval "$keys"
fi

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

# A field of the answer itself, which come before what is nested in it: the first of that name.
number() { grep -o "\"$1\":[0-9]*" "$answer" | head -n 1 | cut -d : -f 2; }
text() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$answer"; }

# The file of a data set, whatever the case of its name; nothing when it is missing.
find_file() {
  local path name
  for path in "$folder"/*; do
    name=$(basename "$path" | tr '[:upper:]' '[:lower:]')
    case $name in
      "$1.csv" | "$1.csv.gz" | "$1.csv.zst") printf '%s\n' "$path"; return ;;
    esac
  done
}

completed=0
quarantined=0
failed=0
for dataset in product hh_demographic campaign_desc campaign_table coupon coupon_redempt transaction_data causal_data; do
  file=$(find_file "$dataset")
  if [[ -z $file ]]; then
    echo "$dataset: missing (no $dataset.csv, .csv.gz or .csv.zst in $folder)"
    failed=$((failed + 1))
    continue
  fi

  # The key goes through a file descriptor: arguments are visible to every user of the machine.
  status=$(curl --silent --show-error --output "$answer" --write-out '%{http_code}' \
    --header @<(printf 'X-Api-Key: %s\n' "$INGEST_KEY") --header 'Content-Type: application/octet-stream' --header 'Expect:' \
    --header "Content-Disposition: attachment; filename=\"$(basename "$file")\"" \
    --request POST --upload-file "$file" "$url/loads/$dataset") || status=000
  case $status in
    200 | 201)
      known=''
      [[ $status == 200 ]] && known=' (loaded before)'
      echo "$dataset: $(text state), read $(number read), loaded $(number loaded), quarantined $(number quarantined), deduplicated $(number deduplicated)$known"
      completed=$((completed + 1))
      quarantined=$((quarantined + $(number quarantined)))
      ;;
    000)
      echo "$dataset: no answer from $url. Is the stack running, and all of it healthy?"
      exit 1
      ;;
    401 | 403)
      echo "$dataset: failed with $status: $(text title). $(text detail)"
      exit 1
      ;;
    *)
      echo "$dataset: failed with $status: $(text title). $(text detail)"
      failed=$((failed + 1))
      ;;
  esac
done

echo "$completed loads completed, $quarantined quarantined"
[[ $failed -eq 0 ]]
