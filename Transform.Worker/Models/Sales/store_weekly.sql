/* ---
description: >-
  Cleaned sales of a store in a week, beside those of the week 52 weeks before. Households do not add up over stores: some visit several.
grain: one row per week and store with cleaned lines
key: [week_no, store_id]
published: true
place: 12
schedule: 0 15 3 * * ?
indexes:
  - store_id, week_no
  - sales_value
owner: transform
tests:
  - name: total
    demands: store_weekly divides the cleaned sales and adds up to them, to the cent.
    reconciles: sum(sales_value)
    with: select sum(sales_value) from desk_lines
columns:
  week_no:
    description: WEEK_NO of the lines, as in the files.
    unit: week
  store_id:
    description: The store, as in the files.
  sales_value:
    description: "Cleaned sales: what the retailer received."
    unit: dollars
    additive: true
  units:
    description: "Sum of QUANTITY. Goods by weight count as the files have them, a few in the thousands."
    unit: units
    additive: true
  baskets:
    description: Different baskets with a cleaned line.
    unit: baskets
  households:
    description: Different households with a cleaned line.
    unit: households
  lines:
    description: Cleaned lines.
    unit: lines
    additive: true
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
  sales_value_year_before:
    description: sales_value of the same store in week_no - 52. Null where there is none.
    unit: dollars
  like_for_like:
    description: "The change from that week: (sales_value - sales_value_year_before) / sales_value_year_before. Null where there is none. Large in stores with few baskets, and odd where the two weeks have different numbers of days, which sales_weekly has."
    unit: ratio
    source: "like-for-like sales growth as retailers report it: the same store in the same weeks of the year before"
--- */
with weekly as (
    select
        week_no,
        store_id,
        sum(sales_value)::decimal(18, 2) as sales_value,
        sum(quantity)::bigint as units,
        count(distinct basket_id)::integer as baskets,
        count(distinct household_key)::integer as households,
        count(*)::integer as lines,
        sum(retail_discount)::decimal(18, 2) as retail_discount,
        sum(coupon_discount)::decimal(18, 2) as coupon_discount,
        sum(coupon_match_discount)::decimal(18, 2) as coupon_match_discount
    from desk_lines
    group by week_no, store_id
)
select
    weekly.*,
    before.sales_value as sales_value_year_before,
    ratio(weekly.sales_value - before.sales_value, before.sales_value) as like_for_like
from weekly
left join weekly as before on before.week_no = weekly.week_no - 52 and before.store_id = weekly.store_id
