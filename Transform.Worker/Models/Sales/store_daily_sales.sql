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
  - name: rows
    severity: warn
    rows: {atLeast: 0.5}
columns:
  store_id:
    description: The store, as in the files.
  day:
    description: The DAY of the lines.
    unit: DAY
  sales_value:
    description: Cleaned sales of the store on the day.
    unit: dollars
    additive: true
  baskets:
    description: Different baskets with a cleaned line.
    unit: baskets
  households:
    description: Different households with a cleaned line.
    unit: households
  lines:
    description: Cleaned lines.
    unit: lines
    additive: true
--- */
select
    store_id,
    day,
    sum(sales_value)::decimal(18, 2) as sales_value,
    count(distinct basket_id)::integer as baskets,
    count(distinct household_key)::integer as households,
    sum(lines)::integer as lines
from basket_sales
group by store_id, day
