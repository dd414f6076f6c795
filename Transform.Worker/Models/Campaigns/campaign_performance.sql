/* ---
description: >-
  What a campaign's targeted households bought of its listed products before, during and after it, beside all other households. The windows before and after are as
  long as the campaign. A window that the data cover in part has fewer days and less sales: days_before, days_during and days_after say how many there are, and the
  changes compare averages per day. Targeted households were not drawn at random: they buy more than others to begin with, and a difference between
  the two changes is no proof of an effect. A campaign that ends before it starts is left out.
grain: one row per described campaign
key: [campaign]
published: true
place: 50
schedule: 0 15 3 * * ?
owner: transform
columns:
  campaign:
    description: "The campaign, as in the files."
  description:
    description: "The campaign's type: TypeA, TypeB or TypeC."
  first_day:
    description: "The campaign's first day: START_DAY."
    unit: DAY
  last_day:
    description: "The campaign's last day: END_DAY."
    unit: DAY
  duration:
    description: "Days from the first to the last, both included. Each window is as long."
    unit: days
  listed_products:
    description: Different products that the campaign's coupons list.
    unit: products
  targeted_households:
    description: Households that received the campaign, by campaign_table.csv.
    unit: households
  active_households:
    description: Targeted households with any cleaned line during the campaign.
    unit: households
  buying_households:
    description: Targeted households with a cleaned line of a listed product during the campaign.
    unit: households
  redeemed_households:
    description: "Households that redeemed a coupon of the campaign, by coupon_redempt.csv; also one that campaign_table.csv does not have."
    unit: households
  redemptions:
    description: Redemptions of coupons of the campaign.
    unit: redemptions
    additive: true
  active_rate:
    description: active_households / targeted_households.
    unit: ratio
  redemption_rate:
    description: "redeemed_households / targeted_households: households, not coupons, since the files do not say how many coupons were sent."
    unit: ratio
  days_before:
    description: Days of the window before that lie in the data.
    unit: days
  days_during:
    description: Days of the campaign that lie in the data.
    unit: days
  days_after:
    description: Days of the window after that lie in the data.
    unit: days
  targeted_sales_before:
    description: Cleaned sales of listed products to targeted households in the window before the first day.
    unit: dollars
  targeted_sales_during:
    description: The same from the first to the last day.
    unit: dollars
  targeted_sales_after:
    description: The same in the window after the last day.
    unit: dollars
  other_sales_before:
    description: Cleaned sales of listed products to all other households in the window before the first day.
    unit: dollars
  other_sales_during:
    description: The same from the first to the last day.
    unit: dollars
  other_sales_after:
    description: The same in the window after the last day.
    unit: dollars
  targeted_change:
    description: "The change of targeted sales per day from before to during: (during / days_during) / (before / days_before) - 1; null without days, or without sales before."
    unit: ratio
  other_change:
    description: The same of other sales.
    unit: ratio
  difference:
    description: "targeted_change - other_change. What other households do as well, such as a holiday, cancels out; that targeted households differ from others does not."
    unit: ratio
    source: "the difference in differences, of relative changes: Card and Krueger (1994) made it known"
--- */
with described as (
    select campaign, description, start_day, end_day, end_day - start_day + 1 as duration
    from campaign_desc
    where start_day <= end_day
),
bounds as (
    select min(day) as data_first_day, max(day) as data_last_day
    from desk_lines
),
targets as (
    select distinct campaign, household_key
    from campaign_table
),
targeted as (
    select campaign, count(*)::integer as targeted_households
    from targets
    group by campaign
),
spend as (
    select household_key, day, sum(sales_value) as sales_value
    from desk_lines
    group by household_key, day
),
active as (
    select campaign, count(distinct household_key)::integer as active_households
    from spend
    join targets using (household_key)
    join described using (campaign)
    where day between start_day and end_day
    group by campaign
),
redeemed as (
    select campaign, count(distinct household_key)::integer as redeemed_households, count(*)::integer as redemptions
    from coupon_redempt
    group by campaign
),
listings as (
    select campaign, count(*)::integer as listed_products
    from listed_products
    group by campaign
),
daily as (
    select campaign, household_key, day, sum(sales_value) as sales_value
    from desk_lines
    join listed_products using (product_id)
    join described using (campaign)
    where day between start_day - duration and end_day + duration
    group by campaign, household_key, day
),
sales as (
    select
        campaign,
        (count(distinct household_key) filter (targets.household_key is not null and day between start_day and end_day))::integer as buying_households,
        sum(case when targets.household_key is not null and day < start_day then sales_value else 0 end) as targeted_sales_before,
        sum(case when targets.household_key is not null and day between start_day and end_day then sales_value else 0 end) as targeted_sales_during,
        sum(case when targets.household_key is not null and day > end_day then sales_value else 0 end) as targeted_sales_after,
        sum(case when targets.household_key is null and day < start_day then sales_value else 0 end) as other_sales_before,
        sum(case when targets.household_key is null and day between start_day and end_day then sales_value else 0 end) as other_sales_during,
        sum(case when targets.household_key is null and day > end_day then sales_value else 0 end) as other_sales_after
    from daily
    join described using (campaign)
    left join targets using (campaign, household_key)
    group by campaign
),
filled as (
    select
        campaign,
        description,
        start_day as first_day,
        end_day as last_day,
        duration,
        coalesce(listed_products, 0) as listed_products,
        coalesce(targeted_households, 0) as targeted_households,
        coalesce(active_households, 0) as active_households,
        coalesce(buying_households, 0) as buying_households,
        coalesce(redeemed_households, 0) as redeemed_households,
        coalesce(redemptions, 0) as redemptions,
        days_between(start_day - duration, start_day - 1, data_first_day, data_last_day) as days_before,
        days_between(start_day, end_day, data_first_day, data_last_day) as days_during,
        days_between(end_day + 1, end_day + duration, data_first_day, data_last_day) as days_after,
        coalesce(targeted_sales_before, 0)::decimal(18, 2) as targeted_sales_before,
        coalesce(targeted_sales_during, 0)::decimal(18, 2) as targeted_sales_during,
        coalesce(targeted_sales_after, 0)::decimal(18, 2) as targeted_sales_after,
        coalesce(other_sales_before, 0)::decimal(18, 2) as other_sales_before,
        coalesce(other_sales_during, 0)::decimal(18, 2) as other_sales_during,
        coalesce(other_sales_after, 0)::decimal(18, 2) as other_sales_after
    from described
    cross join bounds
    left join listings using (campaign)
    left join targeted using (campaign)
    left join active using (campaign)
    left join redeemed using (campaign)
    left join sales using (campaign)
),
changes as (
    select
        *,
        -- (during / days_during - before / days_before) / (before / days_before), in whole steps; null without days or sales before.
        case when days_during > 0
            then ratio(targeted_sales_during * days_before - targeted_sales_before * days_during, targeted_sales_before * days_during)
        end as targeted_change,
        case when days_during > 0
            then ratio(other_sales_during * days_before - other_sales_before * days_during, other_sales_before * days_during)
        end as other_change
    from filled
)
select
    campaign,
    description,
    first_day,
    last_day,
    duration,
    listed_products,
    targeted_households,
    active_households,
    buying_households,
    redeemed_households,
    redemptions,
    ratio(active_households, targeted_households) as active_rate,
    ratio(redeemed_households, targeted_households) as redemption_rate,
    days_before,
    days_during,
    days_after,
    targeted_sales_before,
    targeted_sales_during,
    targeted_sales_after,
    other_sales_before,
    other_sales_during,
    other_sales_after,
    targeted_change,
    other_change,
    (targeted_change - other_change)::decimal(24, 6) as difference
from changes
