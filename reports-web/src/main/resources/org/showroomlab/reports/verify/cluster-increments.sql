-- cluster_increments: per event values of each cluster and period, taken back when the unit is mixed.
insert into cluster_increments
select ${experiment}, ${metric}, variant, ${dimension}, value, cluster, period, day,
       sum(sign * events), sum(sign * added), sum(${exact}(sign * added, added)), sum(sign * den_events), sum(sign * den_added)
from (
  select u.variant, ${slice} as value, u.cluster, u.period, u.mixed_day, o.day as event_day,
         o.events, o.added, o.den_events, o.den_added
  from outcomes o join units u using (unit)
  where u.mixed_day is null or o.day < u.mixed_day
), lateral (
  select event_day as day, 1::hugeint as sign
  union all
  select mixed_day, -1::hugeint where mixed_day is not null
)
group by variant, value, cluster, period, day;
