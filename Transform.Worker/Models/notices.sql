-- What the run counted and left out, for readers of the version.
-- grain: one row per notice
-- inputs: screened_lines, cleaned_lines, product_sections, hh_demographic, household_flags, household_summary, listed_products, campaign_desc
-- owner: transform
with lines as (
    select
        count(*) as lines_read,
        count(*) filter (left_out_by = 'zero') as zero,
        count(*) filter (left_out_by = 'outside_days') as outside_days,
        count(*) filter (left_out_by = 'unknown_product') as unknown_product,
        count(*) filter (left_out_by = 'excluded_commodity') as excluded_commodity,
        count(*) filter (left_out_by is null) as kept
    from screened_lines
),
cleaned as (
    select count(*) as lines from cleaned_lines
),
households as (
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
),
campaigns as (
    select
        count(*) filter (product_sections.product_id is null) as unknown_products,
        count(distinct listed_products.campaign) filter (campaign_desc.campaign is null) as undescribed
    from listed_products
    left join product_sections using (product_id)
    left join campaign_desc using (campaign)
)
select unnest([
    {ordinal: 0, code: 'lines_read', count: lines_read,
        message: 'Transaction lines in the lake, each basket as its newest load has it.'},
    {ordinal: 1, code: 'lines_zero', count: zero,
        message: 'Lines without quantity or without sales value are left out.'},
    {ordinal: 2, code: 'lines_outside_days', count: outside_days,
        message: format('Lines before DAY {} or after DAY {} are left out.', getvariable('first_day'), getvariable('last_day'))},
    {ordinal: 3, code: 'lines_unknown_product', count: unknown_product,
        message: 'Lines of products that product.csv does not have are left out.'},
    {ordinal: 4, code: 'lines_excluded_commodity', count: excluded_commodity,
        message: format('Lines of excluded commodities are left out: {}.', array_to_string(getvariable('excluded_commodities'), ', '))},
    {ordinal: 5, code: 'lines_single_day_households', count: kept - lines,
        message: 'Lines of households whose remaining lines fall on one day are left out.'},
    {ordinal: 6, code: 'lines_cleaned', count: lines,
        message: 'Lines that the figures are computed from.'},
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
        message: 'Households whose HH_COMP_DESC is Unknown or none of the known texts.'},
    {ordinal: 13, code: 'listed_products_unknown', count: unknown_products,
        message: 'Products listed by a campaign''s coupons that product.csv does not have.'},
    {ordinal: 14, code: 'campaigns_undescribed', count: undescribed,
        message: 'Campaigns with coupons that campaign_desc.csv does not have: no summary, daily sales only.'}
], recursive := true)
from lines
cross join cleaned
cross join households
cross join demographics
cross join campaigns
