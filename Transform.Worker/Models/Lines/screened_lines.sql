/* ---
description: Every line of the lake with the first of the cleaning rules 1 to 4 that leaves it out; null when none does.
grain: one row per transaction line
partition: [basket_id, product_id]
owner: transform
tests:
  - name: complete
    demands: Screening neither loses nor repeats a line.
    reconciles: count(*)
    with: select count(*) from transaction_data
--- */
select
    household_key,
    basket_id,
    day,
    product_id,
    store_id,
    sales_value,
    section,
    load,
    left_out_by(quantity, sales_value, day, section, is_excluded, getvariable('first_day'), getvariable('last_day')) as left_out_by
from transaction_data
left join product_sections using (product_id)
