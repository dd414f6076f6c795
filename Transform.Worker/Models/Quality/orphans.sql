/* ---
description: >-
  What the eight tables point at in each other, and how many rows of each point at nothing; null while what they point at was not loaded at all.
grain: one row per reference
key: [reference]
published: true
place: 7
owner: transform
columns:
  reference:
    description: "The number of the reference: its place in listings."
  dataset:
    description: The data set whose rows point.
  column_names:
    description: "The columns that point, as in the files."
  target:
    description: The data set that they point at.
  is_target_loaded:
    description: Whether there is anything to point at.
  rows:
    description: Rows that point at nothing; null while the target is not loaded.
    unit: rows
  keys:
    description: Different keys that they point at; null while the target is not loaded.
    unit: keys
  examples:
    description: "The ten keys with the most rows, as a JSON array of key and rows."
  loads:
    description: "The loads that the rows are of, as a JSON array of loadId and rows."
--- */
with known_references as (
    from (values
        (1, 'transaction_data', 'PRODUCT_ID', 'product'),
        (2, 'hh_demographic', 'household_key', 'transaction_data'),
        (3, 'campaign_table', 'household_key', 'transaction_data'),
        (4, 'campaign_table', 'CAMPAIGN', 'campaign_desc'),
        (5, 'coupon', 'PRODUCT_ID', 'product'),
        (6, 'coupon', 'CAMPAIGN', 'campaign_desc'),
        (7, 'coupon_redempt', 'COUPON_UPC, CAMPAIGN', 'coupon'),
        (8, 'coupon_redempt', 'CAMPAIGN', 'campaign_desc'),
        (9, 'coupon_redempt', 'household_key, CAMPAIGN', 'campaign_table'),
        (10, 'coupon_redempt', 'household_key', 'transaction_data'),
        (11, 'causal_data', 'PRODUCT_ID', 'product')
    ) as known_references(reference, dataset, column_names, target)
),
loaded as (
    select 'product' as target where exists (from product)
    union all select 'transaction_data' where exists (from panel_households)
    union all select 'campaign_desc' where exists (from campaign_desc)
    union all select 'campaign_table' where exists (from campaign_table)
    union all select 'coupon' where exists (from coupon)
),
found as (
    select reference, sum(rows)::bigint as rows, count(distinct key)::bigint as keys
    from orphan_rows
    group by reference
),
keys as (
    select reference, key, sum(rows)::bigint as rows
    from orphan_rows
    group by reference, key
    qualify row_number() over (partition by reference order by sum(rows) desc, key) <= 10
),
loads as (
    select reference, load, sum(rows)::bigint as rows
    from orphan_rows
    group by reference, load
),
examples as (
    select reference, to_json(list({key: key, rows: rows} order by rows desc, key))::varchar as examples
    from keys
    group by reference
),
origins as (
    select reference, to_json(list({loadId: load, rows: rows} order by load))::varchar as origins
    from loads
    group by reference
)
select
    reference,
    dataset,
    column_names,
    target,
    loaded.target is not null as is_target_loaded,
    case when loaded.target is not null then coalesce(rows, 0) end as rows,
    case when loaded.target is not null then coalesce(keys, 0) end as keys,
    coalesce(examples, '[]') as examples,
    coalesce(origins, '[]') as loads
from known_references
left join loaded using (target)
left join found using (reference)
left join examples using (reference)
left join origins using (reference)
