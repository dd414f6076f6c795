-- orphans has one row per reference.
-- stops: orphans
select reference
from orphans
group by reference
having count(*) > 1 or reference is null
