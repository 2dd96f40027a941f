-- Histograms "with the cache or showroom as the cluster, and the period".
insert into histogram_increments
select ${experiment}, ${metric}, variant, ${dimension}, value, cluster, period, day, bucket, sum(sign)
from (
  select u.variant, ${slice} as value, u.cluster, u.period, u.mixed_day, o.day as event_day,
         case when o.measured < 0 then -b.bucket else b.bucket end as bucket
  from outcomes o
  join units u using (unit)
  asof join buckets b on abs(o.measured) >= b.lower_bound
  where u.mixed_day is null or o.day < u.mixed_day
), lateral (
  select event_day as day, 1 as sign
  union all
  select mixed_day, -1 where mixed_day is not null
)
group by variant, value, cluster, period, day, bucket;
