/* ---
description: >-
  Promotion rows of products that product.csv does not have. If several loads have a unit, the highest rank counts. Few rows are orphans, so only their
  units are examined.
grain: one row per product and load
key: [product_id, load]
owner: transform
--- */
with unknown_products as (
    -- Distinct first: there are millions of rows and few products.
    select product_id
    from (select distinct product_id from causal_data_lines)
    anti join product_sections using (product_id)
    where exists (from product_sections)
),
promotions as (
    select product_id, store_id, week_no, max_by(load, load_rank) as load
    from causal_data_lines
    semi join unknown_products using (product_id)
    group by all
)
select product_id, load, count(*) as rows
from promotions
group by product_id, load
