/* ---
description: >-
  The RFM segment of every household at the end of each quarter, from the first quarter in which it bought. A quarter is 91 days, counted back from the last DAY
  of the cleaned lines, so that weekdays are the same; the data begin within the oldest one, where every household is new. Scores are quintiles among the
  households that bought in the quarter; equal values have equal scores. The segment is the first that applies:
  lost: no purchase in the quarter nor in the one before;
  lapsing: no purchase in the quarter;
  new: the first purchase is in the quarter;
  champion: r, f and m are 4 or 5;
  at_risk: r is 1 or 2, and f or m is 4 or 5;
  loyal: f is 4 or 5;
  big_spender: m is 4 or 5;
  occasional: all others.
grain: one row per household and quarter from its first purchase on
key: [quarters_ago, household_key]
published: true
place: 30
schedule: 0 15 3 * * ?
indexes:
  - household_key, quarters_ago
  - segment, quarters_ago
owner: transform
tests:
  - name: total
    demands: household_segments divides the cleaned sales and adds up to them, to the cent.
    reconciles: sum(sales_value)
    with: select sum(sales_value) from desk_lines
  - name: segments
    accepted: {segment: [lost, lapsing, new, champion, at_risk, loyal, big_spender, occasional]}
columns:
  quarters_ago:
    description: "Quarters of 91 days, counted back from the last DAY of the data: 0 is the latest."
    unit: quarters
  household_key:
    description: "The household, as in the files."
  first_day:
    description: The quarter's first DAY. Before the data's first in the oldest quarter.
    unit: DAY
  last_day:
    description: The quarter's last DAY.
    unit: DAY
  days_in_data:
    description: "Days of the quarter that lie in the data: fewer than 91 in the oldest quarter, as a rule."
    unit: days
  recency_days:
    description: Days from the household's last purchase up to then to the quarter's last DAY.
    unit: days
    source: "Hughes (1994), Strategic Database Marketing: recency, frequency, monetary"
  baskets:
    description: Different baskets in the quarter with a cleaned line.
    unit: baskets
  sales_value:
    description: Cleaned sales in the quarter.
    unit: dollars
    additive: true
  r_score:
    description: Quintile of the last purchase in the quarter; 5 is the most recent. Null without purchase in it.
    unit: 1 to 5
    source: "Hughes (1994): quintiles; the cut values are those of household_summary"
  f_score:
    description: Quintile of baskets; null without purchase.
    unit: 1 to 5
    source: "Hughes (1994)"
  m_score:
    description: Quintile of sales_value; null without purchase.
    unit: 1 to 5
    source: "Hughes (1994)"
  segment:
    description: "The first rule of the table's description that applies."
    source: "rules of this project over the scores of Hughes (1994)"
--- */
with bounds as (
    select min(day) as data_first_day, max(day) as data_last_day
    from desk_lines
),
bought as (
    select
        household_key,
        (data_last_day - day) // 91 as quarters_ago,
        count(distinct basket_id)::integer as baskets,
        sum(sales_value)::decimal(18, 2) as sales_value,
        max(day) as last_purchase
    from desk_lines
    cross join bounds
    group by 1, 2
),
households as (
    select household_key, max(quarters_ago) as first_quarter
    from bought
    group by household_key
),
quarters as (
    select unnest(range((select max(quarters_ago) from bought) + 1)) as quarters_ago
),
known as (
    select
        quarters_ago,
        household_key,
        first_quarter,
        coalesce(baskets, 0) as baskets,
        coalesce(sales_value, 0)::decimal(18, 2) as sales_value,
        max(last_purchase) over (partition by household_key order by quarters_ago desc) as last_purchase
    from households
    join quarters on quarters_ago <= first_quarter
    left join bought using (household_key, quarters_ago)
),
cuts as (
    select
        quarters_ago,
        quintile_cuts(list(last_purchase order by last_purchase)) as of_recency,
        quintile_cuts(list(baskets order by baskets)) as of_frequency,
        quintile_cuts(list(sales_value order by sales_value)) as of_spend
    from bought
    group by quarters_ago
),
scored as (
    select
        known.*,
        case when baskets > 0 then quintile(last_purchase, of_recency)::integer end as r_score,
        case when baskets > 0 then quintile(baskets, of_frequency)::integer end as f_score,
        case when baskets > 0 then quintile(sales_value, of_spend)::integer end as m_score,
        (data_last_day - 91 * quarters_ago)::integer as last_day,
        data_first_day
    from known
    left join cuts using (quarters_ago)
    cross join bounds
)
select
    quarters_ago::integer as quarters_ago,
    household_key,
    last_day - 90 as first_day,
    last_day,
    last_day - greatest(last_day - 90, data_first_day) + 1 as days_in_data,
    last_day - last_purchase as recency_days,
    baskets,
    sales_value,
    r_score,
    f_score,
    m_score,
    case
        when baskets = 0 and last_day - last_purchase >= 182 then 'lost'
        when baskets = 0 then 'lapsing'
        when first_quarter = quarters_ago then 'new'
        when r_score >= 4 and f_score >= 4 and m_score >= 4 then 'champion'
        when r_score <= 2 and (f_score >= 4 or m_score >= 4) then 'at_risk'
        when f_score >= 4 then 'loyal'
        when m_score >= 4 then 'big_spender'
        else 'occasional'
    end as segment
from scored
