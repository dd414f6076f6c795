/* ---
description: >-
  A household's profile, scores and spend.
  Flags are null for a household without demographics: has_demographics tells it from one whose texts are unknown.
grain: one row per household with cleaned lines
key: [household_key]
published: true
place: 1
indexes:
  - rfm_bin, household_key
  - total_sales desc, household_key
owner: transform
tests:
  - name: sections
    demands: The fifteen sections of a row of household_summary add up to its total.
    check: >-
      total_sales =
        alcohol + beverages + concessions + dairy + drug + garden + grain_goods + grocery + home_family + junk_food +
        kitchen + meat + misc + produce + seasonal
  - name: total
    demands: household_summary divides the cleaned sales and adds up to them, to the cent.
    reconciles: sum(total_sales)
    with: select sum(sales_value) from cleaned_lines
  - name: scores
    demands: Scores are 1 to 5, complete, and add up.
    check: >-
      r_score between 1 and 5 and f_score between 1 and 5 and m_score between 1 and 5 and r_score_relative between 1 and 5
        and rfm_bin between 1 and 5 and rfm_score = r_score + f_score + m_score
--- */
select
    scores.household_key,
    flags.age_45_plus,
    flags.income_50k_plus,
    flags.single_couple_family,
    flags.has_kids,
    flags.single,
    flags.couple,
    scores.first_day,
    scores.last_day,
    scores.baskets,
    scores.r_score,
    scores.f_score,
    scores.m_score,
    scores.rfm_score,
    scores.rfm_bin,
    spend.alcohol,
    spend.beverages,
    spend.concessions,
    spend.dairy,
    spend.drug,
    spend.garden,
    spend.grain_goods,
    spend.grocery,
    spend.home_family,
    spend.junk_food,
    spend.kitchen,
    spend.meat,
    spend.misc,
    spend.produce,
    spend.seasonal,
    spend.total_sales,
    scores.r_score_relative,
    flags.household_key is not null as has_demographics
from household_scores as scores
join household_spend as spend using (household_key)
left join household_flags as flags using (household_key)
