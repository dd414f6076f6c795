-- The key of household_flags is unique and without nulls.
-- stops: household_flags
select household_key, count(*) as rows
from household_flags
group by household_key
having count(*) > 1 or household_key is null
