/* ---
description: Spend in long form; the tables with one column per section are made from it.
grain: one row per household, day and section with spend
partition: [household_key, day]
owner: transform
--- */
select household_key, day, section, sum(sales_value)::decimal(18, 2) as sales_value
from cleaned_lines
group by household_key, day, section
