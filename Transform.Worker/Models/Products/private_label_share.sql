/* ---
description: >-
  The retailer's own brand beside national brands, by commodity: how much of sales and units it has. A commodity of several departments has a row in each.
grain: one row per department and commodity with cleaned lines
key: [department, commodity_desc]
published: true
place: 23
schedule: 0 15 3 * * ?
owner: transform
tests:
  - name: total
    demands: private_label_share divides the cleaned sales and adds up to them, to the cent.
    reconciles: sum(sales_value)
    with: select sum(sales_value) from desk_lines
columns:
  department:
    description: "DEPARTMENT of the products, as in product.csv; (none) where it is blank."
  commodity_desc:
    description: "COMMODITY_DESC, as in product.csv; (none) where it is blank."
  sales_value:
    description: "Cleaned sales: what the retailer received."
    unit: dollars
    additive: true
  private_sales:
    description: sales_value of products whose BRAND is Private.
    unit: dollars
    additive: true
  units:
    description: "Sum of QUANTITY. Goods by weight count as the files have them, a few in the thousands."
    unit: units
    additive: true
  private_units:
    description: units of products whose BRAND is Private.
    unit: units
    additive: true
  lines:
    description: Cleaned lines.
    unit: lines
    additive: true
  private_lines:
    description: Cleaned lines of products whose BRAND is Private.
    unit: lines
    additive: true
  households:
    description: Different households with such a line.
    unit: households
  private_households:
    description: Different households with such a line of a product whose BRAND is Private.
    unit: households
  share_of_sales:
    description: private_sales / sales_value.
    unit: ratio
    source: "private label share as retail panels report it: the own brand's part of category sales"
  share_of_units:
    description: "private_units / units. Odd in commodities by weight, whose units are no pieces."
    unit: ratio
  share_of_households:
    description: private_households / households.
    unit: ratio
--- */
with buyers as (
    select
        department,
        commodity_desc,
        household_key,
        sum(sales_value) as sales_value,
        sum(quantity) as units,
        sum(case when brand = 'Private' then sales_value else 0 end) as private_sales,
        sum(case when brand = 'Private' then quantity else 0 end) as private_units,
        count(*) filter (brand = 'Private') as private_lines,
        count(*) as lines
    from desk_lines
    join desk_products using (product_id)
    group by department, commodity_desc, household_key
),
sold as (
    select
        department,
        commodity_desc,
        sum(sales_value)::decimal(18, 2) as sales_value,
        sum(private_sales)::decimal(18, 2) as private_sales,
        sum(units)::bigint as units,
        sum(private_units)::bigint as private_units,
        sum(lines)::integer as lines,
        sum(private_lines)::integer as private_lines,
        count(*)::integer as households,
        (count(*) filter (private_lines > 0))::integer as private_households
    from buyers
    group by department, commodity_desc
)
select
    *,
    ratio(private_sales, sales_value) as share_of_sales,
    ratio(private_units, units) as share_of_units,
    ratio(private_households, households) as share_of_households
from sold
