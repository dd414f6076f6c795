/* ---
description: >-
  Promotion rows of products that product.csv does not have. Few rows are orphans, so their units are looked at first and the others never: of a unit that
  several loads hold the highest rank counts.
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
