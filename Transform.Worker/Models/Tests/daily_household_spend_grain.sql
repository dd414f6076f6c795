-- The key of daily_household_spend is unique and without nulls.
-- stops: daily_household_spend
select day, household_key, count(*) as rows
from daily_household_spend
group by day, household_key
having count(*) > 1 or day is null or household_key is null
