-- The key of daily_sales is unique and without nulls.
-- stops: daily_sales
select day, count(*) as rows
from daily_sales
group by day
having count(*) > 1 or day is null
