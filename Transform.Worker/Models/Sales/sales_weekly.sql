/* ---
description: >-
  Cleaned sales of a department and section in a week, over all stores, beside those of the week 52 weeks before. A week at the edge of the data
  has fewer days: week_days says how many. Baskets and households do not add up over rows.
grain: one row per week, department and section with cleaned lines
key: [week_no, department, section]
published: true
place: 11
schedule: 0 15 3 * * ?
owner: transform
tests:
  - name: total
    demands: sales_weekly divides the cleaned sales and adds up to them, to the cent.
    reconciles: sum(sales_value)
    with: select sum(sales_value) from desk_lines
columns:
  week_no:
    description: WEEK_NO of the lines, as in the files.
    unit: week
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
  week_days:
    description: Different DAYs of the week with a cleaned line of any department.
    unit: days
  sales_value_year_before:
    description: "sales_value of the same department and section in week_no - 52: 52 weeks, so that weekdays are the same. Null where there is none."
    unit: dollars
  week_days_year_before:
    description: week_days of that week. Null where there is none.
    unit: days
  like_for_like:
    description: >-
      The change from that week: (sales_value - sales_value_year_before) / sales_value_year_before. Null where there is none. Odd where the two weeks have
      different numbers of days, and high early in the panel's second year, since households joined during the first.
    unit: ratio
    source: "like-for-like sales growth as retailers report it: the same unit in the same weeks of the year before"
--- */
with weekly as (
    select
        week_no,
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
    group by week_no, department, section
),
weeks as (
    select week_no, count(distinct day)::integer as week_days
    from desk_lines
    group by week_no
)
select
    weekly.*,
    weeks.week_days,
    before.sales_value as sales_value_year_before,
    case when before.sales_value is not null then weeks_before.week_days end as week_days_year_before,
    ratio(weekly.sales_value - before.sales_value, before.sales_value) as like_for_like
from weekly
join weeks using (week_no)
left join weeks as weeks_before on weeks_before.week_no = weekly.week_no - 52
left join weekly as before
    on before.week_no = weekly.week_no - 52 and before.department = weekly.department and before.section = weekly.section
