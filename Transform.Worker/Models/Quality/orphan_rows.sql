/* ---
description: >-
  Rows that point at nothing, counted by what they point at and by the load that they are of. They stay in the lake: files may come in any order.
  Only against files that are there; a file that is missing as a whole is told by orphans. The views *_lines have all rows of all loads with their load and
  its rank: of a unit that several loads hold the highest rank counts. Few rows are orphans, so their units are looked at first and the others never.
grain: one row per reference, key and load
owner: transform
--- */
with households as (
    select distinct household_key from transaction_data
),
lines as (
    select basket_id, product_id, load, load_rank
    from transaction_data_lines
    anti join product using (product_id)
    where exists (from product)
),
line_owners as (
    select basket_id, max(load_rank) as load_rank
    from transaction_data_lines
    semi join lines using (basket_id)
    group by basket_id
),
demographics as (
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
promotions as (
    select product_id, store_id, week_no, max_by(load, load_rank) as load
    from causal_data_lines
    anti join product using (product_id)
    where exists (from product)
    group by all
),
pointless as (
    select 1 as reference, product_id::varchar as key, load from lines semi join line_owners using (basket_id, load_rank)
    union all
    select 2, household_key::varchar, load from demographics anti join households using (household_key) where exists (from households)
    union all
    select 3, household_key::varchar, load from campaign_households anti join households using (household_key) where exists (from households)
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
    select 10, household_key::varchar, load from redemptions anti join households using (household_key) where exists (from households)
    union all
    select 11, product_id::varchar, load from promotions
)
select reference, key, load, count(*) as rows
from pointless
group by all
