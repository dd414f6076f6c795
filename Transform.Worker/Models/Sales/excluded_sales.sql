/* ---
description: >-
  What each cleaning rule leaves out of a day, in lines and money, so that loaded is shown and everything left out together, to the cent. A line counts for
  the first rule that leaves it out. Sum over days for the whole.
grain: one row per day and part with lines
key: [day, part]
published: true
place: 15
schedule: 0 15 3 * * ?
indexes:
  - part, day
owner: transform
tests:
  - name: balance
    demands: What is loaded of a day is what is shown and what the rules leave out, to the cent and line.
    sql: |
      select day
      from excluded_sales
      group by day
      having sum(case when part = 'loaded' then sales_value else -sales_value end) <> 0
          or sum(case when part = 'loaded' then lines else -lines end) <> 0
  - name: loaded
    demands: Loaded are the sales of all lines of the lake, to the cent.
    reconciles: sum(sales_value) filter (part = 'loaded')
    with: select sum(sales_value) from screened_lines
  - name: shown
    demands: Shown are the cleaned sales, to the cent.
    reconciles: sum(sales_value) filter (part = 'shown')
    with: select sum(sales_value) from cleaned_lines
  - name: parts
    accepted: {part: [loaded, zero, outside_days, unknown_product, excluded_commodity, single_day_household, shown]}
columns:
  day:
    description: The DAY of the lines.
    unit: DAY
  part:
    description: >-
      loaded is all lines of the lake. The rules in their order: zero, without quantity or sales value; outside_days, before the first or after the last DAY
      of the settings; unknown_product, not in product.csv; excluded_commodity; single_day_household, of a household whose remaining lines fall on one DAY.
      shown is what the figures are made of.
  lines:
    description: Lines.
    unit: lines
  sales_value:
    description: Sum of SALES_VALUE of these lines.
    unit: dollars
  share_of_lines:
    description: lines / lines loaded of the day.
    unit: ratio
  share_of_sales:
    description: sales_value / sales loaded of the day; null on a day on which all lines have a sales value of 0.
    unit: ratio
--- */
with screened as (
    select
        day,
        case
            when left_out_by is not null then left_out_by
            when repeat_households.household_key is null then 'single_day_household'
            else 'shown'
        end as part,
        count(*) as lines,
        sum(sales_value) as sales_value
    from screened_lines
    left join repeat_households using (household_key)
    group by 1, 2
),
loaded as (
    select day, sum(lines) as lines, sum(sales_value) as sales_value
    from screened
    group by day
),
parts as (
    select day, part, lines, sales_value from screened
    union all
    select day, 'loaded', lines, sales_value from loaded
)
select
    parts.day,
    part,
    parts.lines::integer as lines,
    parts.sales_value::decimal(18, 2) as sales_value,
    ratio(parts.lines, loaded.lines) as share_of_lines,
    ratio(parts.sales_value, loaded.sales_value) as share_of_sales
from parts
join loaded using (day)
