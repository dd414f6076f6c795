/* ---
description: >-
  Of the households whose first purchase was in a month, how many bought again in each later month. A month is 28 days, counted from the first DAY of the cleaned
  lines: every month has each weekday four times. The panel was chosen among frequent shoppers, so that retention is higher than among all customers, and the
  first cohorts are large because the data begin there.
grain: one row per cohort and month from its first on
key: [cohort, months_since]
published: true
place: 33
schedule: 0 15 3 * * ?
owner: transform
tests:
  - name: total
    demands: cohort_retention divides the cleaned sales and adds up to them, to the cent.
    reconciles: sum(sales_value)
    with: select sum(sales_value) from desk_lines
columns:
  cohort:
    description: "The month of 28 days of the first purchase: 0 begins with the first DAY of the data."
    unit: months
  months_since:
    description: "Months from the cohort to the month that the row is about: 0 is the month of the first purchase."
    unit: months
  cohort_first_day:
    description: The cohort's first DAY.
    unit: DAY
  days_in_data:
    description: "Days of the row's month that lie in the data: fewer than 28 in the last month, as a rule, where retention is lower for that reason."
    unit: days
  cohort_households:
    description: Households of the cohort.
    unit: households
  active_households:
    description: Those of them with a purchase in the month.
    unit: households
  baskets:
    description: Their baskets in the month.
    unit: baskets
  sales_value:
    description: Their cleaned sales in the month.
    unit: dollars
    additive: true
  retention:
    description: "active_households / cohort_households. 1 in month 0 by definition. It can rise again: households come back."
    unit: ratio
    source: "cohort analysis as in Fader and Hardie (2009), Probability models for customer-base analysis: the share of a cohort that is active in a period"
  sales_per_household:
    description: "sales_value / cohort_households: per household of the cohort, active or not."
    unit: dollars a household
--- */
with bounds as (
    select min(day) as data_first_day, max(day) as data_last_day
    from desk_lines
),
bought as (
    select
        household_key,
        (day - data_first_day) // 28 as month_no,
        count(distinct basket_id) as baskets,
        sum(sales_value) as sales_value
    from desk_lines
    cross join bounds
    group by 1, 2
),
households as (
    select household_key, min(month_no) as cohort
    from bought
    group by household_key
),
cohorts as (
    select cohort, count(*)::integer as cohort_households
    from households
    group by cohort
),
months as (
    select unnest(range((select max(month_no) from bought) + 1)) as month_no
),
active as (
    select cohort, month_no, count(*) as active_households, sum(baskets) as baskets, sum(sales_value) as sales_value
    from bought
    join households using (household_key)
    group by cohort, month_no
),
filled as (
    select
        cohort::integer as cohort,
        (month_no - cohort)::integer as months_since,
        (data_first_day + 28 * cohort)::integer as cohort_first_day,
        (least(data_last_day, data_first_day + 28 * month_no + 27) - (data_first_day + 28 * month_no) + 1)::integer as days_in_data,
        cohort_households,
        coalesce(active_households, 0)::integer as active_households,
        coalesce(baskets, 0)::integer as baskets,
        coalesce(sales_value, 0)::decimal(18, 2) as sales_value
    from cohorts
    join months on month_no >= cohort
    left join active using (cohort, month_no)
    cross join bounds
)
select *, ratio(active_households, cohort_households) as retention, ratio(sales_value, cohort_households) as sales_per_household
from filled
