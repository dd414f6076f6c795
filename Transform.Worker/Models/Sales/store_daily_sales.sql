/* ---
description: Cleaned sales of a store on a day. Only days with cleaned lines in the store.
grain: one row per store and day with cleaned lines
key: [store_id, day]
partition: [store_id, day]
published: true
place: 6
indexes:
  - day, store_id
owner: transform
tests:
  - name: total
    demands: store_daily_sales divides the cleaned sales and adds up to them, to the cent.
    reconciles: sum(sales_value)
    with: select sum(sales_value) from cleaned_lines
  - name: lines
    demands: store_daily_sales counts every cleaned line.
    reconciles: coalesce(sum(lines), 0)
    with: select count(*) from cleaned_lines
--- */
select
    store_id,
    day,
    sum(sales_value)::decimal(18, 2) as sales_value,
    count(distinct basket_id)::integer as baskets,
    count(distinct household_key)::integer as households,
    count(*)::integer as lines
from cleaned_lines
group by store_id, day
