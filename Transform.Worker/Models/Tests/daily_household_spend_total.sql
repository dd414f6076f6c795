-- daily_household_spend divides the cleaned sales and adds up to them, to the cent.
-- stops: daily_household_spend
-- inputs: cleaned_lines
select total, cleaned
from (select sum(total_sales) as total from daily_household_spend)
cross join (select sum(sales_value) as cleaned from cleaned_lines)
where total is distinct from cleaned
