-- orphans has one row per reference.
select reference
from orphans
group by reference
having count(*) > 1 or reference is null
