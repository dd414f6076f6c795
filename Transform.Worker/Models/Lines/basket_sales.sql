/* ---
description: The cleaned lines and sales of a basket. Figures that count baskets or do not look at products are made from it.
grain: one row per household, basket, DAY and store with cleaned lines
partition: [household_key, basket_id]
owner: transform
--- */
select household_key, basket_id, day, store_id, count(*) as lines, sum(sales_value)::decimal(18, 2) as sales_value
from cleaned_lines
group by household_key, basket_id, day, store_id
