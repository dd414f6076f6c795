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
  - name: rows
    severity: warn
    rows: {atLeast: 0.5}
columns:
  household_key:
    description: The household, as in the files.
  age_45_plus:
    description: Whether AGE_DESC is 45 or older; null when it is unknown.
  income_50k_plus:
    description: Whether INCOME_DESC is 50K or more; null when it is unknown.
  single_couple_family:
    description: "1 for one person, 2 for two, 3 for three and more, by HOUSEHOLD_SIZE_DESC; null when it is unknown."
    unit: 1 to 3
  has_kids:
    description: Whether children live there, by HH_COMP_DESC or a size of three and more; null when neither says.
  single:
    description: Whether one adult lives there alone, by HH_COMP_DESC or a size of one; null when neither says.
  couple:
    description: Whether HH_COMP_DESC is two adults without children; null when it is unknown.
  first_day:
    description: The first DAY with a cleaned line.
    unit: DAY
  last_day:
    description: The last DAY with a cleaned line.
    unit: DAY
  baskets:
    description: Different baskets with a cleaned line.
    unit: baskets
  r_score:
    description: "How recent the last purchase is, on the fixed scale of the setting Reference:RecencyDays; 5 is the most recent."
    unit: 1 to 5
    source: "the reference project's days 525, 615, 675 and 700"
  f_score:
    description: "How often the household buys: the quintile of baskets per day from the first day to the last."
    unit: 1 to 5
    source: "the reference project: quintiles with cut values at the elements floor((n - 1) * k / 5), k = 1..4, of the sorted values"
  m_score:
    description: "How much the household spends in all: the quintile of its total."
    unit: 1 to 5
    source: "the reference project: quintiles with cut values at the elements floor((n - 1) * k / 5), k = 1..4, of the sorted values"
  rfm_score:
    description: "The sum of r_score, f_score and m_score."
    unit: 3 to 15
  rfm_bin:
    description: "The segment of rfm_score: 1 below 6, 2 to 8, 3 to 12, 4 to 14, 5 for 15."
    unit: 1 to 5
    source: "the reference project's segments"
  alcohol:
    description: Cleaned sales of section alcohol.
    unit: dollars
    additive: true
  beverages:
    description: Cleaned sales of section beverages.
    unit: dollars
    additive: true
  concessions:
    description: Cleaned sales of section concessions.
    unit: dollars
    additive: true
  dairy:
    description: Cleaned sales of section dairy.
    unit: dollars
    additive: true
  drug:
    description: Cleaned sales of section drug.
    unit: dollars
    additive: true
  garden:
    description: Cleaned sales of section garden.
    unit: dollars
    additive: true
  grain_goods:
    description: Cleaned sales of section grain_goods.
    unit: dollars
    additive: true
  grocery:
    description: Cleaned sales of section grocery.
    unit: dollars
    additive: true
  home_family:
    description: Cleaned sales of section home_family.
    unit: dollars
    additive: true
  junk_food:
    description: Cleaned sales of section junk_food.
    unit: dollars
    additive: true
  kitchen:
    description: Cleaned sales of section kitchen.
    unit: dollars
    additive: true
  meat:
    description: Cleaned sales of section meat.
    unit: dollars
    additive: true
  misc:
    description: Cleaned sales of section misc.
    unit: dollars
    additive: true
  produce:
    description: Cleaned sales of section produce.
    unit: dollars
    additive: true
  seasonal:
    description: Cleaned sales of section seasonal.
    unit: dollars
    additive: true
  total_sales:
    description: Cleaned sales of all sections.
    unit: dollars
    additive: true
  r_score_relative:
    description: "How recent the last purchase is among all households: the quintile of last_day."
    unit: 1 to 5
    source: "the reference project: quintiles with cut values at the elements floor((n - 1) * k / 5), k = 1..4, of the sorted values"
  has_demographics:
    description: Whether hh_demographic.csv has the household.
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
