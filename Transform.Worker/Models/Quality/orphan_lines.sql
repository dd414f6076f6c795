/* ---
description: Transaction lines of products that product.csv does not have, whether any product was loaded or not.
grain: one row per basket, product and load
key: [basket_id, product_id, load]
partition: [basket_id, product_id]
owner: transform
--- */
select basket_id, product_id, load, count(*) as rows
from screened_lines
where section is null
group by basket_id, product_id, load
