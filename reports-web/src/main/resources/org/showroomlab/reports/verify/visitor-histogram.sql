-- Histograms over visitors: "the cluster is the visitor's group", the period is 0.
insert into histogram_increments
select ${experiment}, ${metric}, variant, ${dimension}, value, cluster, 0, ${on_day}, bucket, sum(sign)
from (
  select u.variant, ${slice} as value, g.visitor_group::varchar as cluster, u.mixed_day, u.cohort_day, o.day as event_day,
         case when o.measured < 0 then -b.bucket else b.bucket end as bucket
  from outcomes o
  join units u using (unit)
  join visitor_groups g on g.visitor = o.unit
  asof join buckets b on abs(o.measured) >= b.lower_bound
  where u.mixed_day is null or o.day < u.mixed_day
), lateral (
  select event_day as day, 1 as sign
  union all
  select mixed_day, -1 where mixed_day is not null
)
group by variant, value, cluster, ${on_day}, bucket;
