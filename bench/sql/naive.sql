-- Not the same answer: no identities, no first exposure, no windows, no days. For orientation only.
create or replace table naive as
select variant, count(*) as n, sum(subscribed) as y1, sum(revenue) as y2, sum(revenue * revenue) as yy2
from (
  select visitor,
         max(exposures['bench-10']) as variant,
         max((kind = 'subscription')::int) as subscribed,
         coalesce(sum(amount_minor), 0) as revenue
  from read_json('@EVENTS@', format = 'newline_delimited', columns = {
    visitor: 'VARCHAR', kind: 'VARCHAR', amount_minor: 'BIGINT', exposures: 'STRUCT("bench-10" VARCHAR)'})
  group by visitor
)
group by variant;
