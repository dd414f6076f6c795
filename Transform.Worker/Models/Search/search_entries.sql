/* ---
description: >-
  What can be searched for: products, commodities, departments, households and campaigns of this version. Products of one sub-commodity, commodity, department and brand
  have one text, whose words search_words has once.
grain: one row per kind and thing
key: [kind, key]
published: true
place: 60
schedule: 0 15 3 * * ?
indexes:
  - key
  - kind, text, sales_value
owner: transform
tests:
  - name: kinds
    accepted: {kind: [product, commodity, department, household, campaign]}
columns:
  kind:
    description: product, commodity, department, household or campaign.
  key:
    description: "PRODUCT_ID, COMMODITY_DESC, DEPARTMENT, household_key or CAMPAIGN, as text."
  text:
    description: "What is searched besides the key: of a product its sub-commodity, commodity, department and brand; of others the name, or what they are."
  detail:
    description: "What tells it apart from others with the text: of a product its size; null where there is nothing to say."
  sales_value:
    description: "Its cleaned sales, of a campaign those of its products: of equal matches the one with more comes first."
    unit: dollars
--- */
select
    'product' as kind,
    product_id::varchar as key,
    sub_commodity_desc || ', ' || commodity_desc || ', ' || department || ', ' || brand as text,
    curr_size_of_product as detail,
    sales_value
from product_summary
union all
select
    'commodity',
    commodity_desc,
    commodity_desc,
    string_agg(department, ', ' order by department),
    sum(sales_value)::decimal(18, 2)
from private_label_share
group by commodity_desc
union all
select 'department', department, department, products || case when products = 1 then ' product' else ' products' end, sales_value
from department_summary
union all
select 'household', household_key::varchar, 'household', baskets || case when baskets = 1 then ' basket' else ' baskets' end, total_sales
from household_summary
union all
select 'campaign', campaign::varchar, 'campaign ' || description, 'DAY ' || first_day || ' to ' || last_day, sales_total
from campaign_summary
