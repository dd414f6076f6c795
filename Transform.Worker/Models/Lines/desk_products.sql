/* ---
description: Every known product with the texts that the retail desk groups by. A text that product.csv leaves blank is (none), since keys have no nulls.
grain: one row per product
key: [product_id]
schedule: 0 15 3 * * ?
owner: transform
--- */
select
    product_id,
    named(department) as department,
    section::varchar as section,
    named(commodity_desc) as commodity_desc,
    named(sub_commodity_desc) as sub_commodity_desc,
    brand,
    manufacturer,
    curr_size_of_product
from product
join product_sections using (product_id)
