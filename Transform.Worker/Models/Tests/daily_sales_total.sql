-- daily_sales divides the cleaned sales and adds up to them, to the cent.
-- stops: daily_sales
-- inputs: cleaned_lines
select total, cleaned
from (select sum(sales_value) as total from daily_sales)
cross join (select sum(sales_value) as cleaned from cleaned_lines)
where total is distinct from cleaned
