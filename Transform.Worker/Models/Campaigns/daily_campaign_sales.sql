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
columns:
  campaign:
    description: The campaign, as in the files.
  day:
    description: The DAY of the lines.
    unit: DAY
  sales_value:
    description: Cleaned sales of the campaign's listed products on the day.
    unit: dollars
--- */
select campaign, day, sum(sales_value)::decimal(18, 2) as sales_value
from cleaned_lines
join listed_products using (product_id)
group by campaign, day
