/* ---
description: What the cleaning counted and left out, for readers of the version.
grain: one row per notice
notices: true
owner: transform
--- */
with lines as (
    select
        coalesce(sum(lines_read), 0)::bigint as lines_read,
        coalesce(sum(zero), 0)::bigint as zero,
        coalesce(sum(outside_days), 0)::bigint as outside_days,
        coalesce(sum(unknown_product), 0)::bigint as unknown_product,
        coalesce(sum(excluded_commodity), 0)::bigint as excluded_commodity,
        coalesce(sum(kept), 0)::bigint as kept
    from screened_baskets
),
cleaned as (
    select coalesce(sum(lines), 0)::bigint as lines from basket_sales
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
