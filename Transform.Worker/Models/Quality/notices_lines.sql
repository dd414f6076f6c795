/* ---
description: What the cleaning counted and left out, for readers of the version.
grain: one row per notice
notices: true
owner: transform
--- */
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
        message: 'Lines that the figures are computed from.'}
], recursive := true)
from lines
cross join cleaned
