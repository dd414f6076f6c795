/* ---
description: >-
  The cleaned lines with quantity, discounts, week and time, for the tables of the retail desk. The same lines as cleaned_lines; apart, because a load
  within the day does not wait for them. Discounts are positive here and negative in the files.
grain: one row per transaction line
schedule: 0 15 3 * * ?
owner: transform
--- */
select
    household_key,
    basket_id,
    day,
    week_no,
    trans_time,
    store_id,
    product_id,
    quantity,
    sales_value,
    -retail_disc as retail_discount,
    -coupon_disc as coupon_discount,
    -coupon_match_disc as coupon_match_discount
from transaction_data
join product_sections using (product_id)
semi join repeat_households using (household_key)
where left_out_by(quantity, sales_value, day, section, is_excluded, getvariable('first_day'), getvariable('last_day')) is null
