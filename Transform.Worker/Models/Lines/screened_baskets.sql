/* ---
description: How many lines of a basket each of the cleaning rules 1 to 4 leaves out, and how many remain.
grain: one row per household, basket and DAY with lines
partition: [household_key, basket_id]
owner: transform
--- */
select
    household_key,
    basket_id,
    day,
    count(*) as lines_read,
    count(*) filter (left_out_by = 'zero') as zero,
    count(*) filter (left_out_by = 'outside_days') as outside_days,
    count(*) filter (left_out_by = 'unknown_product') as unknown_product,
    count(*) filter (left_out_by = 'excluded_commodity') as excluded_commodity,
    count(*) filter (left_out_by is null) as kept
from screened_lines
group by household_key, basket_id, day
