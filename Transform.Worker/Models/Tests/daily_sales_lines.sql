-- daily_sales counts every cleaned line.
-- stops: daily_sales
-- inputs: cleaned_lines
select counted, expected
from (select coalesce(sum(lines), 0) as counted from daily_sales)
cross join (select count(*) as expected from cleaned_lines)
where counted <> expected
