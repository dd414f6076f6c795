/* ---
description: >-
  What households bought of a product on all days of the data, and at what price. Only products with cleaned lines.
grain: one row per product with cleaned lines
key: [product_id]
published: true
place: 20
schedule: 0 15 3 * * ?
indexes:
  - sales_value, product_id
  - units, product_id
  - households, product_id
  - penetration, product_id
  - repeat_rate, product_id
  - department, product_id
  - section, product_id
  - commodity_desc, product_id
  - sub_commodity_desc, product_id
  - manufacturer, product_id
owner: transform
tests:
  - name: total
    demands: product_summary divides the cleaned sales and adds up to them, to the cent.
    reconciles: sum(sales_value)
    with: select sum(sales_value) from desk_lines
columns:
  product_id:
    description: "The product, as in the files."
  department:
    description: "DEPARTMENT of the products, as in product.csv; (none) where it is blank."
  section:
    description: The section of the products, by the section map.
  commodity_desc:
    description: "COMMODITY_DESC, as in product.csv; (none) where it is blank."
  sub_commodity_desc:
    description: "SUB_COMMODITY_DESC, as in product.csv; (none) where it is blank."
  brand:
    description: National or Private.
  manufacturer:
    description: "MANUFACTURER, as in product.csv: a number without a name."
  curr_size_of_product:
    description: "CURR_SIZE_OF_PRODUCT, as in product.csv; null where it is blank."
  first_day:
    description: The first DAY with a cleaned line.
    unit: DAY
  last_day:
    description: The last DAY with a cleaned line.
    unit: DAY
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
  repeat_households:
    description: Households that bought it on more than one DAY.
    unit: households
  repeat_rate:
    description: "repeat_households / households. Low for products that appeared late in the data: there was no time to come back."
    unit: ratio
    source: "Parfitt and Collins (1968), Use of consumer panels for brand-share prediction: buyers who buy again"
  penetration:
    description: households / all households with cleaned lines.
    unit: ratio
    source: "Parfitt and Collins (1968): the share of the panel that bought"
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
    description: "What households paid for a unit: (sales_value - coupon_discount) / units. Below zero where coupons exceed sales; tiny for goods by weight, whose units are no pieces."
    unit: dollars a unit
    source: "the price formulas of the user guide to the data set, as the vignette of the R package completejourney writes them: coupon price and regular price"
  base_price:
    description: "The price of a unit without card and coupon: (sales_value + retail_discount + coupon_match_discount) / units."
    unit: dollars a unit
    source: "the price formulas of the user guide to the data set, as the vignette of the R package completejourney writes them: coupon price and regular price"
--- */
with sold as (
    select
        product_id,
        sum(sales_value)::decimal(18, 2) as sales_value,
        sum(quantity)::bigint as units,
        count(*)::integer as lines,
        sum(retail_discount)::decimal(18, 2) as retail_discount,
        sum(coupon_discount)::decimal(18, 2) as coupon_discount,
        sum(coupon_match_discount)::decimal(18, 2) as coupon_match_discount,
        min(day) as first_day,
        max(day) as last_day
    from desk_lines
    group by product_id
),
buyers as (
    select product_id, household_key, min(day) < max(day) as comes_back
    from desk_lines
    group by product_id, household_key
),
bought as (
    select product_id, count(*)::integer as households, (count(*) filter (comes_back))::integer as repeat_households
    from buyers
    group by product_id
),
panel as (
    select count(distinct household_key) as all_households
    from desk_lines
),
purchases as (
    select product_id, count(distinct basket_id)::integer as baskets
    from desk_lines
    group by product_id
)
select
    product_id,
    department,
    section,
    commodity_desc,
    sub_commodity_desc,
    brand,
    manufacturer,
    curr_size_of_product,
    first_day,
    last_day,
    sales_value,
    units,
    lines,
    baskets,
    households,
    repeat_households,
    ratio(repeat_households, households) as repeat_rate,
    ratio(households, all_households) as penetration,
    retail_discount,
    coupon_discount,
    coupon_match_discount,
    ratio(sales_value - coupon_discount, units) as price_paid,
    ratio(sales_value + retail_discount + coupon_match_discount, units) as base_price
from sold
join bought using (product_id)
join purchases using (product_id)
join desk_products using (product_id)
cross join panel
