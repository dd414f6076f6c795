-- The key of listed_products is unique and without nulls.
-- stops: listed_products
select campaign, product_id, count(*) as rows
from listed_products
group by campaign, product_id
having count(*) > 1 or campaign is null or product_id is null
