-- From what each day brings to a unit to the increments of unit_increments.

create or replace temp table changes as
select unit, value, day, sum(y) as y, sum(d) as d, sum(events) as events
from (
  select unit, value, from_day as day, 0::hugeint as y, 0::hugeint as d, 0 as events from presence
  union all
  select unit, value, day, y, d, events from parts
)
group by unit, value, day;

-- A unit's sums as of a day, valid until they change or until it is mixed: "the increments of day m undo what earlier
-- days added".
create or replace temp table states as
select s.unit, s.value, s.day as from_day, u.variant, u.cohort_day,
       case when s.next_day < u.mixed_day or u.mixed_day is null then s.next_day else u.mixed_day end as until_day,
       s.events, ${value_of_y} as y, ${value_of_u} as u, s.d,
       coalesce(c.x, 0)::hugeint as x, coalesce(c.z, 0)::hugeint as z
from (
  select unit, value, day, lead(day) over so_far as next_day,
         sum(y) over so_far as total, sum(d) over so_far as d,
         sum(events) over so_far as events
  from changes
  window so_far as (partition by unit, value order by day)
) s
join units u using (unit)
left join covariates c using (unit)
where u.mixed_day is null or s.day < u.mixed_day;

-- A state counts from its first day on and is taken back on the day on which it no longer holds.
insert into unit_increments
select ${experiment}, ${metric}, variant, ${dimension}, value, ${on_day},
       sum(sign), sum(sign * events),
       sum(sign * y), sum(${exact}(sign * y, y)), sum(sign * d), sum(${exact}(sign * d, d)),
       sum(${exact}(sign * y, d)),
       sum(sign * x), sum(${exact}(sign * x, x)), sum(${exact}(sign * x, y)),
       sum(sign * z), sum(${exact}(sign * z, z)), sum(${exact}(sign * y, z)),
       sum(${exact}(sign * d, x)), sum(${exact}(sign * d, z)), sum(${exact}(sign * x, z)),
       sum(sign * u), sum(${exact}(sign * u, u))
from (
  select *, from_day as day, 1::hugeint as sign from states
  union all
  select *, until_day as day, -1::hugeint as sign from states where until_day is not null
)
group by variant, value, ${on_day};
