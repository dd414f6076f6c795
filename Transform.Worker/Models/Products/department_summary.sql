/* ---
description: >-
  What households bought in a department on all days of the data. Baskets and households do not add up over departments.
grain: one row per department with cleaned lines
key: [department]
published: true
place: 22
schedule: 0 15 3 * * ?
owner: transform
tests:
  - name: total
    demands: department_summary divides the cleaned sales and adds up to them, to the cent.
    reconciles: sum(sales_value)
    with: select sum(sales_value) from desk_lines
columns:
  department:
    description: "DEPARTMENT of the products, as in product.csv; (none) where it is blank."
  products:
    description: Different products with a cleaned line.
    unit: products
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
    description: sales_value / the cleaned sales of all departments.
    unit: ratio
  penetration:
    description: households / all households with cleaned lines.
    unit: ratio
    source: "Parfitt and Collins (1968), Use of consumer panels for brand-share prediction: the share of the panel that bought"
  sales_per_basket:
    description: "sales_value / baskets: what a basket with the department has of it."
    unit: dollars a basket
  discount_share:
    description: "What the retailer gave away of its own: (retail_discount + coupon_match_discount) / (sales_value + both)."
    unit: ratio
--- */
with sold as (
    select
        department,
        count(distinct product_id)::integer as products,
        sum(sales_value)::decimal(18, 2) as sales_value,
        sum(quantity)::bigint as units,
        count(*)::integer as lines,
        count(distinct basket_id)::integer as baskets,
        count(distinct household_key)::integer as households,
        sum(retail_discount)::decimal(18, 2) as retail_discount,
        sum(coupon_discount)::decimal(18, 2) as coupon_discount,
        sum(coupon_match_discount)::decimal(18, 2) as coupon_match_discount
    from desk_lines
    join desk_products using (product_id)
    group by department
),
panel as (
    select sum(sales_value) as all_sales, count(distinct household_key) as all_households
    from desk_lines
)
select
    sold.*,
    ratio(sales_value, all_sales) as share_of_sales,
    ratio(households, all_households) as penetration,
    ratio(sales_value, baskets) as sales_per_basket,
    ratio(retail_discount + coupon_match_discount, sales_value + retail_discount + coupon_match_discount) as discount_share
from sold
cross join panel
