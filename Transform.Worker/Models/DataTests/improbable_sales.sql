/* ---
description: The largest line of a supermarket is some hundred dollars; the contract takes up to 9,999,999.99.
notice: "Lines of more than 10,000 dollars. They count like any other: look at them when a total seems too high."
--- */
select basket_id
from screened_lines
where sales_value > 10000
