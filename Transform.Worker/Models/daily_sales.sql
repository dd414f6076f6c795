-- Cleaned sales of a day over all stores.
-- grain: one row per day with cleaned lines
-- inputs: cleaned_lines
-- owner: transform
select
    day,
    sum(sales_value)::decimal(18, 2) as sales_value,
    count(distinct basket_id)::integer as baskets,
    count(distinct household_key)::integer as households,
    count(*)::integer as lines
from cleaned_lines
group by day
