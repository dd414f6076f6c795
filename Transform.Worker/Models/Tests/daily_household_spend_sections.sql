-- The fifteen sections of a row of daily_household_spend add up to its total.
-- stops: daily_household_spend
select household_key, day, total_sales
from daily_household_spend
where total_sales <>
    alcohol + beverages + concessions + dairy + drug + garden + grain_goods + grocery + home_family + junk_food +
    kitchen + meat + misc + produce + seasonal
