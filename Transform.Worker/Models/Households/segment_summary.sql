/* ---
description: >-
  The segments of a quarter: how many households are in each and what they bought in the quarter. Segments are as household_segments defines them.
grain: one row per quarter and segment with households
key: [quarters_ago, segment]
published: true
place: 32
schedule: 0 15 3 * * ?
owner: transform
tests:
  - name: total
    demands: segment_summary divides the cleaned sales and adds up to them, to the cent.
    reconciles: sum(sales_value)
    with: select sum(sales_value) from desk_lines
columns:
  quarters_ago:
    description: "Quarters of 91 days, counted back from the last DAY of the data: 0 is the latest."
    unit: quarters
  segment:
    description: "The segment, as household_segments defines it."
  households:
    description: Households in the segment.
    unit: households
  all_households:
    description: "Households in all segments: those that had bought by then."
    unit: households
  share_of_households:
    description: households / all_households.
    unit: ratio
  baskets:
    description: "Baskets of the quarter. None in lost and lapsing: they did not buy."
    unit: baskets
  sales_value:
    description: Cleaned sales of the quarter.
    unit: dollars
    additive: true
  share_of_sales:
    description: sales_value / the cleaned sales of the quarter.
    unit: ratio
  sales_per_household:
    description: sales_value / households.
    unit: dollars a household
  baskets_per_household:
    description: baskets / households.
    unit: baskets a household
  mean_recency_days:
    description: The mean of the households' recency_days.
    unit: days
--- */
with summed as (
    select
        quarters_ago,
        segment,
        count(*)::integer as households,
        sum(baskets)::integer as baskets,
        sum(sales_value)::decimal(18, 2) as sales_value,
        sum(recency_days)::bigint as recency_days
    from household_segments
    group by quarters_ago, segment
),
quarters as (
    select quarters_ago, sum(households)::integer as all_households, sum(sales_value) as all_sales
    from summed
    group by quarters_ago
)
select
    quarters_ago,
    segment,
    households,
    all_households,
    ratio(households, all_households) as share_of_households,
    baskets,
    sales_value,
    ratio(sales_value, all_sales) as share_of_sales,
    ratio(sales_value, households) as sales_per_household,
    ratio(baskets, households) as baskets_per_household,
    ratio(recency_days, households) as mean_recency_days
from summed
join quarters using (quarters_ago)
