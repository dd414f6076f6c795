/* ---
description: What a household spent over all days, by section.
grain: one row per household with cleaned lines
key: [household_key]
partition: [household_key]
owner: transform
--- */
select
    household_key,
    sum(alcohol)::decimal(18, 2) as alcohol,
    sum(beverages)::decimal(18, 2) as beverages,
    sum(concessions)::decimal(18, 2) as concessions,
    sum(dairy)::decimal(18, 2) as dairy,
    sum(drug)::decimal(18, 2) as drug,
    sum(garden)::decimal(18, 2) as garden,
    sum(grain_goods)::decimal(18, 2) as grain_goods,
    sum(grocery)::decimal(18, 2) as grocery,
    sum(home_family)::decimal(18, 2) as home_family,
    sum(junk_food)::decimal(18, 2) as junk_food,
    sum(kitchen)::decimal(18, 2) as kitchen,
    sum(meat)::decimal(18, 2) as meat,
    sum(misc)::decimal(18, 2) as misc,
    sum(produce)::decimal(18, 2) as produce,
    sum(seasonal)::decimal(18, 2) as seasonal,
    sum(total_sales)::decimal(18, 2) as total_sales
from daily_household_spend
group by household_key
