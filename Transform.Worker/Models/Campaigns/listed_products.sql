/* ---
description: The products that a campaign's coupons list. A product counts once per campaign, however many coupons list it.
grain: one row per campaign and product
key: [campaign, product_id]
owner: transform
--- */
select distinct campaign, product_id
from coupon
