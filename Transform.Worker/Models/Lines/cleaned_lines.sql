/* ---
description: "The lines that every figure is computed from. Rule 6 comes last: households whose remaining lines fall on exactly one DAY are left out."
grain: one row per transaction line
owner: transform
--- */
with kept as (
    select household_key, basket_id, day, product_id, sales_value, section
    from screened_lines
    where left_out_by is null
)
select *
from kept
semi join (select household_key from kept group by household_key having min(day) < max(day)) using (household_key)
