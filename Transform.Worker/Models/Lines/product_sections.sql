/* ---
description: The section of every known product, and whether its lines are left out (rules 4 and 5 of the cleaning).
grain: one row per product
key: [product_id]
partition: [product_id]
owner: transform
--- */
select
    product_id,
    coalesce(section, 'misc')::section_name as section,
    coalesce(list_contains(getvariable('excluded_commodities'), commodity_desc), false)
        or coalesce(list_contains(getvariable('excluded_commodities'), sub_commodity_desc), false) as is_excluded
from product
left join section_map using (commodity_desc)
