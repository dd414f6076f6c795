-- Screening neither loses nor repeats a line, and daily_sales counts every cleaned line.
select 'screened_lines' as table_name, counted, expected
from (select count(*) as counted from screened_lines)
cross join (select count(*) as expected from transaction_data)
where counted <> expected
union all
select 'daily_sales', counted, expected
from (select coalesce(sum(lines), 0) as counted from daily_sales)
cross join (select count(*) as expected from cleaned_lines)
where counted <> expected
