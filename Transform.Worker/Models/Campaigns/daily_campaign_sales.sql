/* ---
description: >-
  Cleaned sales of the products that a campaign's coupons list, on all days of the data. All households and all stores count,
  whether they received the campaign or not.
grain: one row per campaign and day with sales
key: [campaign, day]
partition: [day]
published: true
place: 3
owner: transform
--- */
select campaign, day, sum(sales_value)::decimal(18, 2) as sales_value
from cleaned_lines
join listed_products using (product_id)
group by campaign, day
