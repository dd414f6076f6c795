/* ---
description: Stores accept coupons a few days late, and the panel has some such rows.
notice: Coupons redeemed before the first or after the last day of their campaign.
--- */
select household_key, day, campaign
from coupon_redempt
join campaign_desc using (campaign)
where day not between start_day and end_day
