/* ---
description: >-
  Recency, frequency and monetary scores over all cleaned households.
  Recency counts in absolute days, as in the reference; r_score_relative is the quintile of the last day. Frequency is baskets per day between
  the first and the last: equal ratios of whole numbers are equal doubles, so ties stay ties.
grain: one row per household with cleaned lines
key: [household_key]
owner: transform
--- */
with measured as (
    select *, baskets::double / (last_day - first_day + 1)::double as frequency
    from household_purchases
),
cuts as (
    select
        quintile_cuts(list(frequency order by frequency)) as of_frequency,
        quintile_cuts(list(spend order by spend)) as of_spend,
        quintile_cuts(list(last_day order by last_day)) as of_last_day
    from measured
),
scored as (
    select
        household_key,
        first_day,
        last_day,
        baskets,
        quintile(last_day, getvariable('recency_days'))::integer as r_score,
        quintile(frequency, of_frequency)::integer as f_score,
        quintile(spend, of_spend)::integer as m_score,
        quintile(last_day, of_last_day)::integer as r_score_relative
    from measured
    cross join cuts
)
select
    *,
    r_score + f_score + m_score as rfm_score,
    case
        when r_score + f_score + m_score < 6 then 1
        when r_score + f_score + m_score <= 8 then 2
        when r_score + f_score + m_score <= 12 then 3
        when r_score + f_score + m_score <= 14 then 4
        else 5
    end::integer as rfm_bin
from scored
