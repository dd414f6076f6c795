/* ---
description: Cleaned sales of a day over all stores.
grain: one row per day with cleaned lines
key: [day]
partition: [day]
published: true
place: 5
owner: transform
tests:
  - name: lines
    demands: daily_sales counts every cleaned line.
    reconciles: coalesce(sum(lines), 0)
    with: select count(*) from cleaned_lines
  - name: total
    demands: daily_sales divides the cleaned sales and adds up to them, to the cent.
    reconciles: sum(sales_value)
    with: select sum(sales_value) from cleaned_lines
  - name: rows
    severity: warn
    rows: {atLeast: 0.5}
columns:
  day:
    description: The DAY of the lines.
    unit: DAY
  sales_value:
    description: Cleaned sales of the day.
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
    day,
    sum(sales_value)::decimal(18, 2) as sales_value,
    count(distinct basket_id)::integer as baskets,
    count(distinct household_key)::integer as households,
    sum(lines)::integer as lines
from basket_sales
group by day
