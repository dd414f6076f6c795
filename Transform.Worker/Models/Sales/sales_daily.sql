/* ---
description: >-
  Cleaned sales of a department and section on a day, over all stores. Baskets and households do not add up over rows:
  one basket has lines of several departments.
grain: one row per day, department and section with cleaned lines
key: [day, department, section]
published: true
place: 10
schedule: 0 15 3 * * ?
indexes:
  - sales_value
  - units
  - department, day, section
owner: transform
tests:
  - name: total
    demands: sales_daily divides the cleaned sales and adds up to them, to the cent.
    reconciles: sum(sales_value)
    with: select sum(sales_value) from desk_lines
columns:
  day:
    description: The DAY of the lines.
    unit: DAY
  department:
    description: "DEPARTMENT of the products, as in product.csv; (none) where it is blank."
  section:
    description: The section of the products, by the section map.
  sales_value:
    description: "Cleaned sales: what the retailer received."
    unit: dollars
    additive: true
  units:
    description: "Sum of QUANTITY. Goods by weight count as the files have them, a few in the thousands."
    unit: units
    additive: true
  baskets:
    description: Different baskets with such a line.
    unit: baskets
  households:
    description: Different households with such a line.
    unit: households
  lines:
    description: Cleaned lines.
    unit: lines
    additive: true
  retail_discount:
    description: "The loyalty card's discount, positive: RETAIL_DISC with its sign turned. Below zero where the files have a RETAIL_DISC above zero."
    unit: dollars
    additive: true
  coupon_discount:
    description: "The manufacturers' coupons, positive: COUPON_DISC with its sign turned. The manufacturer pays it, so it is part of sales_value."
    unit: dollars
    additive: true
  coupon_match_discount:
    description: "What the retailer added to coupons, positive: COUPON_MATCH_DISC with its sign turned."
    unit: dollars
    additive: true
--- */
select
    day,
    department,
    section,
    sum(sales_value)::decimal(18, 2) as sales_value,
    sum(quantity)::bigint as units,
    count(distinct basket_id)::integer as baskets,
    count(distinct household_key)::integer as households,
    count(*)::integer as lines,
    sum(retail_discount)::decimal(18, 2) as retail_discount,
    sum(coupon_discount)::decimal(18, 2) as coupon_discount,
    sum(coupon_match_discount)::decimal(18, 2) as coupon_match_discount
from desk_lines
join desk_products using (product_id)
group by day, department, section
