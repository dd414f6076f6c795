/* ---
description: >-
  Cleaned sales of a weekday and an hour of the day, over all days. The files have a day number and no date, so a weekday is DAY modulo 7.
  Where DAY 1 is Tuesday, 2004-03-23 (the default of Calendar:DayOne), 0 is Monday, 1 Tuesday, 5 Saturday and 6 Sunday.
grain: one row per weekday and hour with cleaned lines
key: [weekday, hour]
published: true
place: 13
schedule: 0 15 3 * * ?
owner: transform
tests:
  - name: total
    demands: sales_by_hour divides the cleaned sales and adds up to them, to the cent.
    reconciles: sum(sales_value)
    with: select sum(sales_value) from desk_lines
columns:
  weekday:
    description: DAY modulo 7.
    unit: 0 to 6
  hour:
    description: "The hour of TRANS_TIME: 13 is from 13:00 to 13:59."
    unit: 0 to 23
  sales_value:
    description: "Cleaned sales: what the retailer received."
    unit: dollars
    additive: true
  units:
    description: "Sum of QUANTITY. Goods by weight count as the files have them, a few in the thousands."
    unit: units
    additive: true
  baskets:
    description: Different baskets with a cleaned line.
    unit: baskets
  lines:
    description: Cleaned lines.
    unit: lines
    additive: true
  days:
    description: Different DAYs of this weekday with a cleaned line at any hour.
    unit: days
  sales_per_day:
    description: sales_value / days, rounded half up.
    unit: dollars a day
  baskets_per_day:
    description: baskets / days, rounded half up.
    unit: baskets a day
--- */
with hours as (
    select
        (day % 7)::integer as weekday,
        (trans_time // 100)::integer as hour,
        sum(sales_value)::decimal(18, 2) as sales_value,
        sum(quantity)::bigint as units,
        count(distinct basket_id)::integer as baskets,
        count(*)::integer as lines
    from desk_lines
    group by 1, 2
),
weekdays as (
    select (day % 7)::integer as weekday, count(distinct day)::integer as days
    from desk_lines
    group by 1
)
select *, per_day(sales_value, days) as sales_per_day, ratio(baskets, days) as baskets_per_day
from hours
join weekdays using (weekday)
