-- cluster_increments of metric '': all events of each cluster and period, taken back when the unit is mixed.
insert into cluster_increments
select ${experiment}, ${metric}, variant, ${dimension}, value, cluster, period, day, sum(sign * events), 0, 0, 0, 0
from (
  select u.variant, ${slice} as value, u.cluster, u.period, u.mixed_day, e.day as event_day, count(*) as events
  from unit_events e join units u using (unit)
  where u.mixed_day is null or e.day < u.mixed_day
  group by all
), lateral (
  select event_day as day, 1::hugeint as sign
  union all
  select mixed_day, -1::hugeint where mixed_day is not null
)
group by variant, value, cluster, period, day;
