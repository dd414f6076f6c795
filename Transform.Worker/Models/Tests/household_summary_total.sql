-- household_summary divides the cleaned sales and adds up to them, to the cent.
-- stops: household_summary
-- inputs: cleaned_lines
select total, cleaned
from (select sum(total_sales) as total from household_summary)
cross join (select sum(sales_value) as cleaned from cleaned_lines)
where total is distinct from cleaned
