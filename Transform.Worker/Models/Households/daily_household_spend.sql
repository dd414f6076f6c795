/* ---
description: What a household spent on a day, by section. Only days with cleaned lines.
grain: one row per day and household
key: [household_key, day]
partition: [household_key, day]
published: true
place: 2
indexes:
  - day
owner: transform
tests:
  - name: sections
    demands: The fifteen sections of a row of daily_household_spend add up to its total.
    check: >-
      total_sales =
        alcohol + beverages + concessions + dairy + drug + garden + grain_goods + grocery + home_family + junk_food +
        kitchen + meat + misc + produce + seasonal
  - name: total
    demands: daily_household_spend divides the cleaned sales and adds up to them, to the cent.
    reconciles: sum(total_sales)
    with: select sum(sales_value) from cleaned_lines
  - name: rows
    severity: warn
    rows: {atLeast: 0.5}
columns:
  day:
    description: The DAY of the lines.
    unit: DAY
  household_key:
    description: The household, as in the files.
  alcohol:
    description: Cleaned sales of section alcohol on the day.
    unit: dollars
    additive: true
  beverages:
    description: Cleaned sales of section beverages on the day.
    unit: dollars
    additive: true
  concessions:
    description: Cleaned sales of section concessions on the day.
    unit: dollars
    additive: true
  dairy:
    description: Cleaned sales of section dairy on the day.
    unit: dollars
    additive: true
  drug:
    description: Cleaned sales of section drug on the day.
    unit: dollars
    additive: true
  garden:
    description: Cleaned sales of section garden on the day.
    unit: dollars
    additive: true
  grain_goods:
    description: Cleaned sales of section grain_goods on the day.
    unit: dollars
    additive: true
  grocery:
    description: Cleaned sales of section grocery on the day.
    unit: dollars
    additive: true
  home_family:
    description: Cleaned sales of section home_family on the day.
    unit: dollars
    additive: true
  junk_food:
    description: Cleaned sales of section junk_food on the day.
    unit: dollars
    additive: true
  kitchen:
    description: Cleaned sales of section kitchen on the day.
    unit: dollars
    additive: true
  meat:
    description: Cleaned sales of section meat on the day.
    unit: dollars
    additive: true
  misc:
    description: Cleaned sales of section misc on the day.
    unit: dollars
    additive: true
  produce:
    description: Cleaned sales of section produce on the day.
    unit: dollars
    additive: true
  seasonal:
    description: Cleaned sales of section seasonal on the day.
    unit: dollars
    additive: true
  total_sales:
    description: Cleaned sales of all sections on the day.
    unit: dollars
    additive: true
--- */
select
    day,
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
from cleaned_lines
group by day, household_key
