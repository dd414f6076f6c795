/* ---
description: The households that bought anything at all.
grain: one row per household with lines
key: [household_key]
partition: [household_key]
owner: transform
--- */
select distinct household_key
from screened_baskets
