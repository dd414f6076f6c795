/* ---
description: >-
  Promotion rows of products that product.csv does not have. If several loads have a unit, the highest rank counts. Few rows are orphans, so only their
  units are examined.
grain: one row per product and load
key: [product_id, load]
owner: transform
--- */
with promotions as (
    select product_id, store_id, week_no, max_by(load, load_rank) as load
    from causal_data_lines
    anti join product using (product_id)
    where exists (from product)
    group by all
)
select product_id, load, count(*) as rows
from promotions
group by product_id, load
