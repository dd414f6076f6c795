/* ---
description: "Households whose lines, as far as the rules 1 to 4 leave them, fall on more than one DAY: rule 6 of the cleaning leaves out the others."
grain: one row per household
key: [household_key]
partition: [household_key]
owner: transform
--- */
select household_key
from screened_baskets
where kept > 0
group by household_key
having min(day) < max(day)
