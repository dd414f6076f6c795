-- The key of product_sections is unique and without nulls.
-- stops: product_sections
select product_id, count(*) as rows
from product_sections
group by product_id
having count(*) > 1 or product_id is null
