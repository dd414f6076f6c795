-- The key of household_summary is unique and without nulls.
-- stops: household_summary
select household_key, count(*) as rows
from household_summary
group by household_key
having count(*) > 1 or household_key is null
