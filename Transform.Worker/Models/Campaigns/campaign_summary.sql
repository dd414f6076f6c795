/* ---
description: >-
  Sales of a campaign's listed products before its first day, from first to last day, after the last, and in total, with averages per day of
  the period that lies in the data: from the first to the last DAY of all cleaned lines. A period without days has no average (null).
  A campaign that ends before it starts has no periods and is left out: loads from before such rows were refused may have one.
grain: one row per described campaign
key: [campaign]
published: true
place: 4
owner: transform
tests:
  - name: totals
    demands: A campaign's periods add up to its total, and the total to its daily sales; its days add up to the days of the data.
    sql: |
      select campaign, sales_total, days_total
      from campaign_summary
      left join (select campaign, sum(sales_value) as daily from daily_campaign_sales group by campaign) using (campaign)
      where sales_before + sales_during + sales_after <> sales_total
          or sales_total <> coalesce(daily, 0)
          or days_before + days_during + days_after <> days_total
  - name: rows
    severity: warn
    rows: {atLeast: 0.5}
columns:
  campaign:
    description: The campaign, as in the files.
  description:
    description: "The campaign's type: TypeA, TypeB or TypeC."
  first_day:
    description: "The campaign's first day: START_DAY."
    unit: DAY
  last_day:
    description: "The campaign's last day: END_DAY."
    unit: DAY
  duration:
    description: Days from the first to the last, both included.
    unit: days
  listed_products:
    description: Different products that the campaign's coupons list.
    unit: products
  sales_before:
    description: Cleaned sales of the listed products before the first day.
    unit: dollars
  sales_during:
    description: The same from the first to the last day.
    unit: dollars
  sales_after:
    description: The same after the last day.
    unit: dollars
  sales_total:
    description: The same on all days.
    unit: dollars
  days_before:
    description: Days of the data before the first day.
    unit: days
  days_during:
    description: Days of the data from the first to the last day.
    unit: days
  days_after:
    description: Days of the data after the last day.
    unit: days
  days_total:
    description: Days from the first to the last of the data.
    unit: days
  avg_before:
    description: sales_before per day of days_before, rounded half up; null when there are no such days.
    unit: dollars a day
  avg_during:
    description: sales_during per day of days_during, rounded half up; null when there are no such days.
    unit: dollars a day
  avg_after:
    description: sales_after per day of days_after, rounded half up; null when there are no such days.
    unit: dollars a day
  avg_total:
    description: sales_total per day of days_total, rounded half up; null when there are no such days.
    unit: dollars a day
--- */
with described as (
    select campaign, description, start_day, end_day
    from campaign_desc
    where start_day <= end_day
),
bounds as (
    select min(day) as first_day, max(day) as last_day
    from daily_sales
),
products as (
    select campaign, count(*)::integer as listed_products
    from listed_products
    group by campaign
),
sales as (
    select
        campaign,
        sum(sales_value) filter (day < start_day) as sales_before,
        sum(sales_value) filter (day between start_day and end_day) as sales_during,
        sum(sales_value) filter (day > end_day) as sales_after,
        sum(sales_value) as sales_total
    from daily_campaign_sales
    join described using (campaign)
    group by campaign
),
periods as (
    select
        campaign,
        description,
        start_day as first_day,
        end_day as last_day,
        end_day - start_day + 1 as duration,
        coalesce(listed_products, 0) as listed_products,
        coalesce(sales_before, 0)::decimal(18, 2) as sales_before,
        coalesce(sales_during, 0)::decimal(18, 2) as sales_during,
        coalesce(sales_after, 0)::decimal(18, 2) as sales_after,
        coalesce(sales_total, 0)::decimal(18, 2) as sales_total,
        -- greatest and least pass over nulls: without any cleaned line there are no bounds, hence no days.
        case when bounds.first_day is null then 0
            else greatest(0, least(bounds.last_day, start_day - 1) - bounds.first_day + 1) end as days_before,
        case when bounds.first_day is null then 0
            else greatest(0, least(bounds.last_day, end_day) - greatest(bounds.first_day, start_day) + 1) end as days_during,
        case when bounds.first_day is null then 0
            else greatest(0, bounds.last_day - greatest(bounds.first_day, end_day + 1) + 1) end as days_after,
        case when bounds.first_day is null then 0
            else bounds.last_day - bounds.first_day + 1 end as days_total
    from described
    cross join bounds
    left join products using (campaign)
    left join sales using (campaign)
)
select
    *,
    per_day(sales_before, days_before) as avg_before,
    per_day(sales_during, days_during) as avg_during,
    per_day(sales_after, days_after) as avg_after,
    per_day(sales_total, days_total) as avg_total
from periods
