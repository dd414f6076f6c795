/* ---
description: When and how often a household bought, and for how much.
grain: one row per household with cleaned lines
key: [household_key]
partition: [household_key]
owner: transform
--- */
select
    household_key,
    min(day) as first_day,
    max(day) as last_day,
    count(distinct basket_id)::integer as baskets,
    sum(sales_value)::decimal(18, 2) as spend
from basket_sales
group by household_key
