/* ---
description: >-
  How many households went from one segment to another between the end of a quarter and the end of the next. Households that bought for the first time come
  from none. Not for the oldest quarter, before which there is nothing.
grain: one row per quarter, segment before and segment in it with households
key: [quarters_ago, from_segment, to_segment]
published: true
place: 31
schedule: 0 15 3 * * ?
owner: transform
tests:
  - name: households
    demands: Every household that is known at the end of a quarter comes from somewhere, once.
    reconciles: coalesce(sum(households), 0)
    with: select count(*) from household_segments where quarters_ago < (select max(quarters_ago) from household_segments)
columns:
  quarters_ago:
    description: "The later quarter, counted back from the last DAY of the data: 0 is the latest."
    unit: quarters
  from_segment:
    description: "The segment at the end of the quarter before; none for households that had not bought by then."
  to_segment:
    description: The segment at the end of the quarter.
  households:
    description: Households that went this way.
    unit: households
  from_households:
    description: Households with from_segment.
    unit: households
  share:
    description: "households / from_households: the shares of a from_segment add up to one, but for rounding."
    unit: ratio
    source: "transition frequencies of a Markov chain estimated by counts: Anderson and Goodman (1957)"
--- */
with moves as (
    select
        later.quarters_ago,
        coalesce(earlier.segment, 'none') as from_segment,
        later.segment as to_segment,
        count(*)::integer as households
    from household_segments as later
    left join household_segments as earlier
        on earlier.household_key = later.household_key and earlier.quarters_ago = later.quarters_ago + 1
    where later.quarters_ago < (select max(quarters_ago) from household_segments)
    group by 1, 2, 3
),
moved as (
    select *, (sum(households) over (partition by quarters_ago, from_segment))::integer as from_households
    from moves
)
select *, ratio(households, from_households) as share
from moved
