/* ---
description: >-
  How often the coupon of a campaign was redeemed, by how many of the targeted households, and what the redeeming households bought of its products on the days of redemption.
  The files do not tie a redemption to a line: these sales are all lines of the listed products on such a day, with or without the coupon.
  Only coupons that coupon.csv lists.
grain: one row per campaign and coupon
key: [campaign, coupon_upc]
published: true
place: 51
schedule: 0 15 3 * * ?
indexes:
  - coupon_upc
owner: transform
columns:
  campaign:
    description: "The campaign, as in the files."
  coupon_upc:
    description: "The coupon, as in the files."
  listed_products:
    description: Different products that the coupon lists.
    unit: products
  targeted_households:
    description: Households that received the campaign, by campaign_table.csv.
    unit: households
  redemptions:
    description: "Redemptions, by coupon_redempt.csv. A household can redeem a coupon on several days."
    unit: redemptions
    additive: true
  redeemed_households:
    description: Different households with a redemption.
    unit: households
  first_redemption:
    description: DAY of the first redemption; null without any.
    unit: DAY
  last_redemption:
    description: DAY of the last redemption; null without any.
    unit: DAY
  lines:
    description: Cleaned lines of the listed products to redeeming households on the days of their redemptions.
    unit: lines
  sales_value:
    description: Cleaned sales of these lines. 0 where the redemption has no line in the cleaned data.
    unit: dollars
  coupon_discount:
    description: The manufacturers' coupons on these lines, positive.
    unit: dollars
  redemption_rate:
    description: redeemed_households / targeted_households.
    unit: ratio
  discount_per_redemption:
    description: coupon_discount / redemptions.
    unit: dollars a redemption
--- */
with coupons as (
    select campaign, coupon_upc, count(*)::integer as listed_products
    from coupon
    group by campaign, coupon_upc
),
targeted as (
    select campaign, count(distinct household_key)::integer as targeted_households
    from campaign_table
    group by campaign
),
redeemed as (
    select
        campaign,
        coupon_upc,
        count(*)::integer as redemptions,
        count(distinct household_key)::integer as redeemed_households,
        min(day) as first_redemption,
        max(day) as last_redemption
    from coupon_redempt
    group by campaign, coupon_upc
),
visit_lines as (
    -- Few lines are of a household and DAY with a redemption.
    select household_key, day, product_id, sales_value, coupon_discount
    from desk_lines
    semi join coupon_redempt using (household_key, day)
),
bought as (
    select
        campaign,
        coupon_upc,
        sum(sales_value) as sales_value,
        sum(coupon_discount) as coupon_discount,
        count(*)::integer as lines
    from coupon_redempt
    join visit_lines using (household_key, day)
    join coupon using (campaign, coupon_upc, product_id)
    group by campaign, coupon_upc
),
filled as (
    select
        campaign,
        coupon_upc,
        listed_products,
        coalesce(targeted_households, 0) as targeted_households,
        coalesce(redemptions, 0) as redemptions,
        coalesce(redeemed_households, 0) as redeemed_households,
        first_redemption,
        last_redemption,
        coalesce(lines, 0) as lines,
        coalesce(sales_value, 0)::decimal(18, 2) as sales_value,
        coalesce(coupon_discount, 0)::decimal(18, 2) as coupon_discount
    from coupons
    left join targeted using (campaign)
    left join redeemed using (campaign, coupon_upc)
    left join bought using (campaign, coupon_upc)
)
select
    *,
    ratio(redeemed_households, targeted_households) as redemption_rate,
    ratio(coupon_discount, redemptions) as discount_per_redemption
from filled
