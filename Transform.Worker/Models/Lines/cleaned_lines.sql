/* ---
description: "The lines that every figure is computed from. Rule 6 comes last: households whose remaining lines fall on exactly one DAY are left out."
grain: one row per transaction line
partition: [household_key, basket_id]
owner: transform
--- */
select household_key, basket_id, day, product_id, store_id, sales_value, section
from screened_lines
semi join repeat_households using (household_key)
where left_out_by is null
