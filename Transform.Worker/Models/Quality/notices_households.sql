/* ---
description: What is not known of households, for readers of the version.
grain: one row per notice
notices: true
owner: transform
--- */
with households as (
    select count(*) as households, count(*) filter (not has_demographics) as without_demographics
    from household_summary
),
demographics as (
    select
        count(*) filter (age_45_plus is null) as unknown_age,
        count(*) filter (income_50k_plus is null) as unknown_income,
        count(*) filter (single_couple_family is null) as unknown_size,
        count(*) filter (not has_composition) as unknown_composition
    from household_flags
)
select unnest([
    {ordinal: 7, code: 'households', count: households,
        message: 'Households with cleaned lines.'},
    {ordinal: 8, code: 'households_without_demographics', count: without_demographics,
        message: 'Households with cleaned lines that hh_demographic.csv does not have: their flags are empty.'},
    {ordinal: 9, code: 'demographics_unknown_age', count: unknown_age,
        message: 'Households whose AGE_DESC is none of the known texts: no age flag.'},
    {ordinal: 10, code: 'demographics_unknown_income', count: unknown_income,
        message: 'Households whose INCOME_DESC is none of the known texts: no income flag.'},
    {ordinal: 11, code: 'demographics_unknown_size', count: unknown_size,
        message: 'Households whose HOUSEHOLD_SIZE_DESC is none of the known texts.'},
    {ordinal: 12, code: 'demographics_unknown_composition', count: unknown_composition,
        message: 'Households whose HH_COMP_DESC is Unknown or none of the known texts.'}
], recursive := true)
from households
cross join demographics
