/* ---
description: Transaction lines of products that product.csv does not have, whether any product was loaded or not.
grain: one row per product and load
key: [product_id, load]
partition: [product_id]
owner: transform
--- */
select product_id, load, count(*) as rows
from transaction_data
anti join product using (product_id)
group by product_id, load
