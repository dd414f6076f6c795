-- Screening neither loses nor repeats a line.
-- stops: screened_lines
-- inputs: transaction_data
select counted, expected
from (select count(*) as counted from screened_lines)
cross join (select count(*) as expected from transaction_data)
where counted <> expected
