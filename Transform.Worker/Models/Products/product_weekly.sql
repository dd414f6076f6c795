/* ---
description: >-
  A product in a week: what was bought, by how many of the households that bought anything that week, at what price, and in how many stores it was on
  display or in the mailer. Only weeks in which it was sold; 0 stores where causal_data.csv has no such row, null in weeks that causal_data.csv does not
  have at all. causal_data.csv covers some of the stores only.
grain: one row per product and week with cleaned lines
key: [product_id, week_no]
published: true
place: 21
schedule: 0 15 3 * * ?
indexes:
  - week_no, product_id
owner: transform
tests:
  - name: total
    demands: product_weekly divides the cleaned sales and adds up to them, to the cent.
    reconciles: sum(sales_value)
    with: select sum(sales_value) from desk_lines
columns:
  product_id:
    description: "The product, as in the files."
  week_no:
    description: "WEEK_NO of the lines, as in the files."
    unit: week
  sales_value:
    description: "Cleaned sales: what the retailer received."
    unit: dollars
    additive: true
  units:
    description: "Sum of QUANTITY. Goods by weight count as the files have them, a few in the thousands."
    unit: units
    additive: true
  lines:
    description: Cleaned lines.
    unit: lines
    additive: true
  households:
    description: Different households with such a line.
    unit: households
  active_households:
    description: Different households with any cleaned line in the week.
    unit: households
  penetration:
    description: households / active_households.
    unit: ratio
    source: "Parfitt and Collins (1968), Use of consumer panels for brand-share prediction: the share of the panel that bought, here of the week's buyers"
  repeat_households:
    description: "Households of the week that bought the product in an earlier week, too."
    unit: households
  repeat_rate:
    description: "repeat_households / households. Low in the first weeks of the data, since earlier purchases are not in it."
    unit: ratio
    source: "Parfitt and Collins (1968): buyers who buy again"
  retail_discount:
    description: "The loyalty card's discount, positive. Below zero where the files have a RETAIL_DISC above zero."
    unit: dollars
    additive: true
  coupon_discount:
    description: "The manufacturers' coupons, positive. The manufacturer pays it, so it is part of sales_value."
    unit: dollars
    additive: true
  coupon_match_discount:
    description: What the retailer added to coupons, positive.
    unit: dollars
    additive: true
  price_paid:
    description: "What households paid for a unit: (sales_value - coupon_discount) / units. Below zero where coupons exceed sales."
    unit: dollars a unit
    source: "the price formulas of the user guide to the data set, as the vignette of the R package completejourney writes them: coupon price and regular price"
  base_price:
    description: "The price of a unit without card and coupon: (sales_value + retail_discount + coupon_match_discount) / units."
    unit: dollars a unit
    source: "the price formulas of the user guide to the data set, as the vignette of the R package completejourney writes them: coupon price and regular price"
  display_stores:
    description: "Stores with the product on display in the week: rows of causal_data.csv whose display is not 0."
    unit: stores
  mailer_stores:
    description: "Stores with the product in the mailer of the week: rows of causal_data.csv whose mailer is not 0."
    unit: stores
--- */
with sold as (
    select
        product_id,
        week_no,
        sum(sales_value)::decimal(18, 2) as sales_value,
        sum(quantity)::bigint as units,
        count(*)::integer as lines,
        sum(retail_discount)::decimal(18, 2) as retail_discount,
        sum(coupon_discount)::decimal(18, 2) as coupon_discount,
        sum(coupon_match_discount)::decimal(18, 2) as coupon_match_discount
    from desk_lines
    group by product_id, week_no
),
buyers as (
    select distinct product_id, week_no, household_key
    from desk_lines
),
bought as (
    select product_id, week_no, count(*)::integer as households
    from buyers
    group by product_id, week_no
),
starts as (
    -- Each household has one first week of a product: the others of a week are those who come back.
    select product_id, week_no, count(*) as first_households
    from (select product_id, household_key, min(week_no) as week_no from buyers group by product_id, household_key)
    group by product_id, week_no
),
active as (
    select week_no, count(distinct household_key)::integer as active_households
    from desk_lines
    group by week_no
),
promoted as (
    select
        product_id,
        week_no,
        count(*) filter (display <> '0') as display_stores,
        count(*) filter (mailer <> '0') as mailer_stores
    from causal_data
    group by product_id, week_no
),
promoted_weeks as (
    select distinct week_no
    from promoted
),
counted as (
    select
        sold.*,
        households,
        active_households,
        households - coalesce(first_households, 0)::integer as repeat_households,
        case when promoted_weeks.week_no is not null then coalesce(display_stores, 0)::integer end as display_stores,
        case when promoted_weeks.week_no is not null then coalesce(mailer_stores, 0)::integer end as mailer_stores
    from sold
    join bought using (product_id, week_no)
    join active using (week_no)
    left join starts using (product_id, week_no)
    left join promoted using (product_id, week_no)
    left join promoted_weeks using (week_no)
)
select
    product_id,
    week_no,
    sales_value,
    units,
    lines,
    households,
    active_households,
    ratio(households, active_households) as penetration,
    repeat_households,
    ratio(repeat_households, households) as repeat_rate,
    retail_discount,
    coupon_discount,
    coupon_match_discount,
    ratio(sales_value - coupon_discount, units) as price_paid,
    ratio(sales_value + retail_discount + coupon_match_discount, units) as base_price,
    display_stores,
    mailer_stores
from counted
