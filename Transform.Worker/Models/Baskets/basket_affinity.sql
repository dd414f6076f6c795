/* ---
description: >-
  What is bought together: pairs of commodities, and pairs of products among the 200 that are in most baskets. Each pair that was found together in a basket has one
  row, whose left item is the one that comes first. All measures are over all baskets with cleaned lines.
grain: one row per level and pair of items that share a basket
key: [level, left_item, right_item]
published: true
place: 40
schedule: 0 15 3 * * ?
indexes:
  - left_item, level
  - right_item, level
  - lift
  - support
  - confidence_left_to_right
  - confidence_right_to_left
owner: transform
columns:
  level:
    description: commodity or product.
  left_item:
    description: "COMMODITY_DESC, or PRODUCT_ID as text."
  right_item:
    description: "COMMODITY_DESC, or PRODUCT_ID as text."
  left_description:
    description: "The left commodity, or the product's commodity and sub-commodity."
  right_description:
    description: The same of the right item.
  baskets:
    description: "Baskets with both items: the count behind all measures."
    unit: baskets
  left_baskets:
    description: Baskets with the left item.
    unit: baskets
  right_baskets:
    description: Baskets with the right item.
    unit: baskets
  all_baskets:
    description: All baskets.
    unit: baskets
  support:
    description: baskets / all_baskets.
    unit: ratio
    source: "Agrawal, Imielinski and Swami (1993), Mining association rules between sets of items in large databases"
  confidence_left_to_right:
    description: "baskets / left_baskets: of the baskets with the left item, those that have the right one."
    unit: ratio
    source: "Agrawal, Imielinski and Swami (1993)"
  confidence_right_to_left:
    description: baskets / right_baskets.
    unit: ratio
    source: "Agrawal, Imielinski and Swami (1993)"
  lift:
    description: "baskets x all_baskets / (left_baskets x right_baskets): 1 when the items are independent. Very large for two rare items that met once; read it with baskets and is_significant."
    unit: ratio
    source: "Brin, Motwani, Ullman and Tsur (1997), Dynamic itemset counting and implication rules for market basket data, who call it interest"
  leverage:
    description: "support minus what independence gives: support - left_baskets x right_baskets / all_baskets^2."
    unit: ratio
    source: "Piatetsky-Shapiro (1991), Discovery, analysis, and presentation of strong rules"
  pairs:
    description: "All pairs of items of the level that were sold: as many comparisons are made."
    unit: pairs
  log10_bound:
    description: "The base-10 logarithm of a bound on the chance that independent items share so many baskets, times pairs (Bonferroni): (k - E - k ln(k / E)) / ln 10 + log10(pairs), with k = baskets and E = left_baskets x right_baskets / all_baskets; at most 0, and 0 when k is not above E. It is a bound, not the chance itself, and errs on the safe side. Large baskets hold more of everything, which makes pairs of common items significant though nothing links them."
    unit: powers of ten
    source: "Chernoff's bound for sums of Bernoulli variables (1952), which holds for sampling without replacement by Hoeffding (1963); Dunn (1961) for the correction"
  is_significant:
    description: "Whether that bound is 0.05 or less: fewer than one level in twenty has any false pair."
--- */
with panel as (
    select count(distinct basket_id) as all_baskets
    from desk_lines
),
commodities as (
    select commodity_desc, row_number() over (order by commodity_desc) as number
    from (select distinct commodity_desc from desk_products)
),
products as (
    -- The item with the lower number is on the left.
    select product_id, product_id::bigint as number
    from desk_lines
    group by product_id
    order by count(distinct basket_id) desc, product_id
    limit 200
),
names as (
    select 'commodity' as level, number, commodity_desc as item, commodity_desc as description
    from commodities
    union all
    select 'product', number, product_id::varchar, concat(commodity_desc, ' / ', sub_commodity_desc)
    from products
    join desk_products using (product_id)
),
placed as (
    select distinct 'commodity' as level, number, basket_id
    from desk_lines
    join desk_products using (product_id)
    join commodities using (commodity_desc)
    union all
    select distinct 'product', number, basket_id
    from desk_lines
    join products using (product_id)
),
items as (
    select level, number, count(*) as baskets
    from placed
    group by level, number
),
levels as (
    select level, (count(*) * (count(*) - 1)) // 2 as pairs
    from items
    group by level
),
together as (
    select a.level, a.number as left_number, b.number as right_number, count(*) as baskets
    from placed as a
    join placed as b on b.level = a.level and b.basket_id = a.basket_id and b.number > a.number
    group by a.level, a.number, b.number
),
measured as (
    select
        together.level,
        left_names.item as left_item,
        right_names.item as right_item,
        left_names.description as left_description,
        right_names.description as right_description,
        together.baskets::integer as baskets,
        left_items.baskets::integer as left_baskets,
        right_items.baskets::integer as right_baskets,
        all_baskets::integer as all_baskets,
        levels.pairs::integer as pairs,
        left_items.baskets::double * right_items.baskets / all_baskets as expected
    from together
    join items as left_items on left_items.level = together.level and left_items.number = left_number
    join items as right_items on right_items.level = together.level and right_items.number = right_number
    join names as left_names on left_names.level = together.level and left_names.number = left_number
    join names as right_names on right_names.level = together.level and right_names.number = right_number
    join levels on levels.level = together.level
    cross join panel
),
bounded as (
    select
        *,
        case when baskets > expected
            then least(0.0, (baskets - expected - baskets * ln(baskets / expected)) / ln(10.0) + log10(pairs))
            else 0.0
        end as log10_bound
    from measured
)
select
    level,
    left_item,
    right_item,
    left_description,
    right_description,
    baskets,
    left_baskets,
    right_baskets,
    all_baskets,
    ratio(baskets, all_baskets) as support,
    ratio(baskets, left_baskets) as confidence_left_to_right,
    ratio(baskets, right_baskets) as confidence_right_to_left,
    ratio(baskets::bigint * all_baskets, left_baskets::bigint * right_baskets) as lift,
    ratio(baskets::bigint * all_baskets - left_baskets::bigint * right_baskets, all_baskets::bigint * all_baskets) as leverage,
    pairs,
    log10_bound::decimal(18, 3) as log10_bound,
    log10_bound <= log10(0.05) as is_significant
from bounded
