/* ---
description: >-
  How baskets, lines and visits are distributed: fixed bins, and quantiles. Four measures: basket_lines and basket_value are the cleaned lines and
  sales of a basket, line_value the sales of a line, days_between_visits the days from a DAY with a purchase to the household's next one.
  Lines with the same product in one basket count one by one, as the files have them.
grain: one row per measure and bin, and one per measure and quantile
key: [measure, kind, position]
published: true
place: 14
schedule: 0 15 3 * * ?
owner: transform
tests:
  - name: shares
    demands: The bins of a measure hold every observation.
    sql: |
      select measure
      from basket_profile
      where kind = 'bin'
      group by measure
      having sum(observations) <> min(of_all)
columns:
  measure:
    description: basket_lines, basket_value, line_value or days_between_visits.
  kind:
    description: bin or quantile.
  position:
    description: "Of a bin its number, from 1; of a quantile its percent: 50 is the median."
  from_value:
    description: "Of a bin the least value in it; of a quantile the least value that its percent of the observations do not exceed."
    unit: lines, dollars or days
    source: "the nearest-rank definition, number 1 in Hyndman and Fan (1996), Sample quantiles in statistical packages: an observed value, never between two"
  below_value:
    description: Of a bin the least value above it; null for the last bin and for quantiles.
    unit: lines, dollars or days
  observations:
    description: Of a bin how many observations are in it; of a quantile how many do not exceed its value.
    unit: observations
  of_all:
    description: Observations of the measure.
    unit: observations
  share:
    description: "observations / of_all. Of a quantile at least its percent; more where several observations have its value."
    unit: ratio
--- */
with bounds as (
    select measure, position::integer as position, from_value::decimal(18, 2) as from_value, below_value::decimal(18, 2) as below_value
    from (values
        ('basket_lines', 1, 1, 2), ('basket_lines', 2, 2, 3), ('basket_lines', 3, 3, 5), ('basket_lines', 4, 5, 10), ('basket_lines', 5, 10, 20),
        ('basket_lines', 6, 20, 50), ('basket_lines', 7, 50, 100), ('basket_lines', 8, 100, null),
        ('basket_value', 1, 0, 5), ('basket_value', 2, 5, 10), ('basket_value', 3, 10, 20), ('basket_value', 4, 20, 30), ('basket_value', 5, 30, 50),
        ('basket_value', 6, 50, 75), ('basket_value', 7, 75, 100), ('basket_value', 8, 100, 200), ('basket_value', 9, 200, null),
        ('line_value', 1, 0, 1), ('line_value', 2, 1, 2), ('line_value', 3, 2, 3), ('line_value', 4, 3, 4), ('line_value', 5, 4, 5),
        ('line_value', 6, 5, 10), ('line_value', 7, 10, 20), ('line_value', 8, 20, null),
        ('days_between_visits', 1, 1, 2), ('days_between_visits', 2, 2, 3), ('days_between_visits', 3, 3, 4), ('days_between_visits', 4, 4, 7),
        ('days_between_visits', 5, 7, 8), ('days_between_visits', 6, 8, 15), ('days_between_visits', 7, 15, 29), ('days_between_visits', 8, 29, null)
    ) as bins (measure, position, from_value, below_value)
),
percents as (
    select percent from (values (0), (5), (10), (25), (50), (75), (90), (95), (99), (100)) as percents (percent)
),
purchases as (
    select basket_id, count(*) as lines, sum(sales_value) as sales_value
    from desk_lines
    group by basket_id
),
visits as (
    select day - lag(day) over (partition by household_key order by day) as days
    from (select distinct household_key, day from desk_lines)
),
counted as (
    select 'basket_lines' as measure, lines::decimal(18, 2) as value, count(*) as times from purchases group by lines
    union all
    select 'basket_value', sales_value::decimal(18, 2), count(*) from purchases group by sales_value
    union all
    select 'line_value', sales_value::decimal(18, 2), count(*) from desk_lines group by sales_value
    union all
    select 'days_between_visits', days::decimal(18, 2), count(*) from visits where days is not null group by days
),
ranked as (
    select
        measure,
        value,
        times,
        sum(times) over (partition by measure order by value) as up_to,
        sum(times) over (partition by measure) as of_all
    from counted
),
profile as (
    select
        bounds.measure,
        'bin' as kind,
        position,
        from_value,
        below_value,
        coalesce(sum(times), 0)::bigint as observations,
        (select coalesce(sum(times), 0)::bigint from counted where counted.measure = bounds.measure) as of_all
    from bounds
    left join ranked on ranked.measure = bounds.measure and value >= from_value and (value < below_value or below_value is null)
    group by bounds.measure, position, from_value, below_value
    union all
    select measure, 'quantile', percent::integer, min(value), null, min(up_to)::bigint, min(of_all)::bigint
    from ranked
    join percents on up_to * 100 >= percent * of_all
    group by measure, percent
)
select *, ratio(observations, of_all) as share
from profile
