/* ---
description: >-
  What the panel knows of a household, as flags.
  A text outside the panel's lists (also 'Unknown', and no text at all) says nothing. A flag with two sources is true when either says so,
  false when both say no, and null when none says yes and at least one says nothing: an unknown composition of two people may hide a child.
grain: one row per household with demographics
key: [household_key]
owner: transform
--- */
with known as (
    select
        household_key,
        case
            when age_desc in ('45-54', '55-64', '65+') then true
            when age_desc in ('19-24', '25-34', '35-44') then false
        end as age_45_plus,
        case
            when income_desc in (
                '50-74K', '75-99K', '100-124K', '125-149K', '150-174K', '175-199K', '200-249K', '250K+') then true
            when income_desc in ('Under 15K', '15-24K', '25-34K', '35-49K') then false
        end as income_50k_plus,
        case
            when household_size_desc = '1' then 1
            when household_size_desc = '2' then 2
            when household_size_desc in ('3', '4', '5+') then 3
        end as single_couple_family,
        case
            when hh_comp_desc in (
                '1 Adult Kids', '2 Adults Kids', '2 Adults No Kids', 'Single Female', 'Single Male') then hh_comp_desc
        end as composition
    from hh_demographic
)
select
    household_key,
    age_45_plus,
    income_50k_plus,
    single_couple_family::integer as single_couple_family,
    composition in ('1 Adult Kids', '2 Adults Kids') or single_couple_family = 3 as has_kids,
    composition in ('Single Female', 'Single Male') or single_couple_family = 1 as single,
    composition = '2 Adults No Kids' as couple,
    composition is not null as has_composition
from known
