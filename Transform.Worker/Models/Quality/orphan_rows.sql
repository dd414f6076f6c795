/* ---
description: >-
  Rows that point at nothing, counted by what they point at and by the load that they are of. They stay in the lake: files may come in any order.
  Only against files that were loaded; orphans says which files are missing. The views *_lines have all rows of all loads with their load and
  its rank.
grain: one row per reference, key and load
owner: transform
--- */
with demographics as (
    select household_key, max_by(load, load_rank) as load
    from hh_demographic_lines
    group by household_key
),
campaign_households as (
    select description, household_key, campaign, max(load) as load
    from campaign_table_lines
    group by all
),
coupons as (
    select coupon_upc, product_id, campaign, max(load) as load
    from coupon_lines
    group by all
),
redemptions as (
    select household_key, day, coupon_upc, campaign, max(load) as load
    from coupon_redempt_lines
    group by all
),
pointless as (
    select 2 as reference, household_key::varchar as key, load
    from demographics
    anti join panel_households using (household_key)
    where exists (from panel_households)
    union all
    select 3, household_key::varchar, load from campaign_households anti join panel_households using (household_key) where exists (from panel_households)
    union all
    select 4, campaign::varchar, load from campaign_households anti join campaign_desc using (campaign) where exists (from campaign_desc)
    union all
    select 5, product_id::varchar, load from coupons anti join product using (product_id) where exists (from product)
    union all
    select 6, campaign::varchar, load from coupons anti join campaign_desc using (campaign) where exists (from campaign_desc)
    union all
    select 7, concat_ws(', ', coupon_upc, campaign), load from redemptions anti join coupon using (coupon_upc, campaign) where exists (from coupon)
    union all
    select 8, campaign::varchar, load from redemptions anti join campaign_desc using (campaign) where exists (from campaign_desc)
    union all
    select 9, concat_ws(', ', household_key, campaign), load from redemptions anti join campaign_table using (household_key, campaign)
    where exists (from campaign_table)
    union all
    select 10, household_key::varchar, load from redemptions anti join panel_households using (household_key) where exists (from panel_households)
)
select reference, key, load, count(*) as rows
from pointless
group by all
union all
select 1, product_id::varchar, load, sum(rows)::bigint
from orphan_lines
where exists (from product)
group by product_id, load
union all
select 11, product_id::varchar, load, rows
from orphan_promotions
