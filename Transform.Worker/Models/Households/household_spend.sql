/* ---
description: What a household spent over all days, by section.
grain: one row per household with cleaned lines
key: [household_key]
partition: [household_key]
owner: transform
--- */
select
    household_key,
    coalesce(sum(sales_value) filter (section = 'alcohol'), 0)::decimal(18, 2) as alcohol,
    coalesce(sum(sales_value) filter (section = 'beverages'), 0)::decimal(18, 2) as beverages,
    coalesce(sum(sales_value) filter (section = 'concessions'), 0)::decimal(18, 2) as concessions,
    coalesce(sum(sales_value) filter (section = 'dairy'), 0)::decimal(18, 2) as dairy,
    coalesce(sum(sales_value) filter (section = 'drug'), 0)::decimal(18, 2) as drug,
    coalesce(sum(sales_value) filter (section = 'garden'), 0)::decimal(18, 2) as garden,
    coalesce(sum(sales_value) filter (section = 'grain_goods'), 0)::decimal(18, 2) as grain_goods,
    coalesce(sum(sales_value) filter (section = 'grocery'), 0)::decimal(18, 2) as grocery,
    coalesce(sum(sales_value) filter (section = 'home_family'), 0)::decimal(18, 2) as home_family,
    coalesce(sum(sales_value) filter (section = 'junk_food'), 0)::decimal(18, 2) as junk_food,
    coalesce(sum(sales_value) filter (section = 'kitchen'), 0)::decimal(18, 2) as kitchen,
    coalesce(sum(sales_value) filter (section = 'meat'), 0)::decimal(18, 2) as meat,
    coalesce(sum(sales_value) filter (section = 'misc'), 0)::decimal(18, 2) as misc,
    coalesce(sum(sales_value) filter (section = 'produce'), 0)::decimal(18, 2) as produce,
    coalesce(sum(sales_value) filter (section = 'seasonal'), 0)::decimal(18, 2) as seasonal,
    sum(sales_value)::decimal(18, 2) as total_sales
from section_spend
group by household_key
