-- Every table that divides the cleaned sales adds up to them, to the cent.
with totals as (
    select 'household_summary' as table_name, sum(total_sales) as total from household_summary
    union all
    select 'daily_household_spend', sum(total_sales) from daily_household_spend
    union all
    select 'daily_sales', sum(sales_value) from daily_sales
)
select table_name, total, cleaned
from totals
cross join (select sum(sales_value) as cleaned from cleaned_lines)
where total is distinct from cleaned
