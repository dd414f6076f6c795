-- The fifteen sections of a row add up to its total.
select 'household_summary' as table_name, household_key, null as day, total_sales
from household_summary
where total_sales <>
        alcohol + beverages + concessions + dairy + drug + garden + grain_goods + grocery + home_family + junk_food +
        kitchen + meat + misc + produce + seasonal
union all
select 'daily_household_spend', household_key, day, total_sales
from daily_household_spend
where total_sales <>
        alcohol + beverages + concessions + dairy + drug + garden + grain_goods + grocery + home_family + junk_food +
        kitchen + meat + misc + produce + seasonal
