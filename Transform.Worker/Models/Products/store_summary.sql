/* ---
description: >-
  What households bought in a store on all days of the data. Households do not add up over stores: some visit several.
grain: one row per store with cleaned lines
key: [store_id]
published: true
place: 24
schedule: 0 15 3 * * ?
owner: transform
tests:
  - name: total
    demands: store_summary divides the cleaned sales and adds up to them, to the cent.
    reconciles: sum(sales_value)
    with: select sum(sales_value) from desk_lines
columns:
  store_id:
    description: "The store, as in the files."
  first_day:
    description: The first DAY with a cleaned line.
    unit: DAY
  last_day:
    description: The last DAY with a cleaned line.
    unit: DAY
  days:
    description: "Different DAYs with a cleaned line. The panel is 2,500 households, so a store without one on a DAY may still have been open."
    unit: days
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
  baskets:
    description: Different baskets with such a line.
    unit: baskets
  households:
    description: Different households with such a line.
    unit: households
  products:
    description: Different products with a cleaned line.
    unit: products
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
  share_of_sales:
    description: sales_value / the cleaned sales of all stores.
    unit: ratio
  sales_per_basket:
    description: sales_value / baskets.
    unit: dollars a basket
  units_per_basket:
    description: "units / baskets. Large where goods by weight are sold."
    unit: units a basket
  sales_per_household:
    description: sales_value / households.
    unit: dollars a household
  sales_per_day:
    description: sales_value / days.
    unit: dollars a day
--- */
with sold as (
    select
        store_id,
        min(day) as first_day,
        max(day) as last_day,
        count(distinct day)::integer as days,
        sum(sales_value)::decimal(18, 2) as sales_value,
        sum(quantity)::bigint as units,
        count(*)::integer as lines,
        count(distinct basket_id)::integer as baskets,
        count(distinct household_key)::integer as households,
        count(distinct product_id)::integer as products,
        sum(retail_discount)::decimal(18, 2) as retail_discount,
        sum(coupon_discount)::decimal(18, 2) as coupon_discount,
        sum(coupon_match_discount)::decimal(18, 2) as coupon_match_discount
    from desk_lines
    group by store_id
),
panel as (
    select sum(sales_value) as all_sales
    from sold
)
select
    sold.*,
    ratio(sales_value, all_sales) as share_of_sales,
    ratio(sales_value, baskets) as sales_per_basket,
    ratio(units, baskets) as units_per_basket,
    ratio(sales_value, households) as sales_per_household,
    per_day(sales_value, days) as sales_per_day
from sold
cross join panel
