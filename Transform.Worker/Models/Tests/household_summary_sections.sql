-- The fifteen sections of a row of household_summary add up to its total.
-- stops: household_summary
select household_key, total_sales
from household_summary
where total_sales <>
    alcohol + beverages + concessions + dairy + drug + garden + grain_goods + grocery + home_family + junk_food +
    kitchen + meat + misc + produce + seasonal
