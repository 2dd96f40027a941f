-- The whole answer from the raw events, as an engineer would write it: identity, first exposure, mixed units, window, cap,
-- refunds, every day of the series, one dimension. @EVENTS@ stands for the files.
create or replace table answer as
with raw as (
  select type, id, ts, region, visitor, kind, coalesce(quantity, 1) as quantity, amount_minor,
         exposures['bench-10'] as variant
  from read_json('@EVENTS@', format = 'newline_delimited', columns = {
    type: 'VARCHAR', id: 'VARCHAR', ts: 'BIGINT', region: 'VARCHAR', visitor: 'VARCHAR', kind: 'VARCHAR',
    quantity: 'BIGINT', amount_minor: 'BIGINT', exposures: 'STRUCT("bench-10" VARCHAR)'})
),
-- Of several deliveries the one with the smaller ts counts, then the one with the smaller hash.
events as materialized (
  select struct_pack(ts, region, visitor, kind, quantity, amount_minor, variant) as e
  from raw
  qualify row_number() over (partition by type, id order by ts, hash(region, visitor, kind, quantity, amount_minor, variant)) = 1
),
exposures as (
  select e.visitor as visitor, e.ts as ts, e.variant as variant, e.region as region
  from events
  where e.variant in ('p499', 'p599')
    and e.ts >= epoch_ms(timestamp '2026-01-05') and e.ts < epoch_ms(timestamp '2026-04-05')
),
exposed as materialized (
  select visitor,
         min(ts) as first_ts,
         arg_min(variant, ts) as variant,
         arg_min(region, ts) as region,
         min(ts) filter (variant = 'p499') as seen_a,
         min(ts) filter (variant = 'p599') as seen_b,
         (min(ts) - epoch_ms(timestamp '2026-01-05')) // 86400000 as first_day,
         case when seen_a is not null and seen_b is not null
           then (greatest(seen_a, seen_b) - epoch_ms(timestamp '2026-01-05')) // 86400000 end as mixed_day
  from exposures
  group by visitor
),
outcomes as (
  select visitor,
         (e.ts - epoch_ms(timestamp '2026-01-05')) // 86400000 as day,
         0 as n,
         count(*) filter (e.kind = 'subscription') as subscriptions,
         coalesce(sum(case when e.kind = 'refund' then -e.amount_minor else e.amount_minor end)
           filter (e.ts < x.first_ts + 2592000000), 0)::bigint as revenue,
         coalesce(sum(e.amount_minor) filter (e.kind = 'sale'), 0)::bigint as amount,
         coalesce(sum(e.quantity) filter (e.kind = 'sale'), 0)::bigint as items
  from events join exposed x on e.visitor = x.visitor
  where e.kind in ('sale', 'subscription', 'renewal', 'refund')
    and e.ts >= x.first_ts and e.ts < epoch_ms(timestamp '2026-04-19')
  group by all
),
changes as (
  select visitor, day, sum(n) as n, sum(subscriptions) as subscriptions, sum(revenue) as revenue,
         sum(amount) as amount, sum(items) as items
  from (select visitor, first_day as day, 1 as n, 0 as subscriptions, 0 as revenue, 0 as amount, 0 as items from exposed
        union all select * from outcomes)
  group by visitor, day
),
as_of as (
  select visitor, day, n,
         (sum(subscriptions) over past >= 1)::bigint as y1,
         least(sum(revenue) over past, 10000)::bigint as y2,
         (sum(amount) over past)::bigint as y3,
         (sum(items) over past)::bigint as d3
  from changes
  window past as (partition by visitor order by day)
),
squares as (
  select visitor, day, n, y1, y2, y2 * y2 as yy2, y3, y3 * y3 as yy3, d3, d3 * d3 as dd3, y3 * d3 as yd3 from as_of
),
increments as (
  select visitor, day, n,
         y1 - lag(y1, 1, 0) over past as y1,
         y2 - lag(y2, 1, 0) over past as y2,
         yy2 - lag(yy2, 1, 0) over past as yy2,
         y3 - lag(y3, 1, 0) over past as y3,
         yy3 - lag(yy3, 1, 0) over past as yy3,
         d3 - lag(d3, 1, 0) over past as d3,
         dd3 - lag(dd3, 1, 0) over past as dd3,
         yd3 - lag(yd3, 1, 0) over past as yd3
  from squares
  window past as (partition by visitor order by day)
),
-- A unit that becomes mixed is taken back on that day.
counted as (
  select variant, region, day, i.* exclude (visitor, day)
  from increments i join exposed using (visitor)
  where mixed_day is null or day < mixed_day
  union all
  select variant, region, mixed_day, -n, -y1, -y2, -yy2, -y3, -yy3, -d3, -dd3, -yd3
  from increments i join exposed using (visitor)
  where day < mixed_day
)
select variant, coalesce(region, '') as region, day, sum(n) as n, sum(y1) as y1, sum(y2) as y2, sum(yy2) as yy2,
       sum(y3) as y3, sum(yy3) as yy3, sum(d3) as d3, sum(dd3) as dd3, sum(yd3) as yd3
from counted
group by grouping sets ((variant, day), (variant, region, day));
