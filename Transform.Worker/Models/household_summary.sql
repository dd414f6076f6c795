-- A household's profile, scores and spend.
-- grain: one row per household with cleaned lines
-- inputs: household_scores, household_flags, household_spend
-- owner: transform
-- Flags are null for a household without demographics: has_demographics tells it from one whose texts are unknown.
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
