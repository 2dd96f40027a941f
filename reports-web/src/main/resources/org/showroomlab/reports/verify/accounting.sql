-- "received = counted + in_no_experiment + duplicates + dead_lettered", per source and feed: what is in no experiment
-- depends on which experiments the run or job counted.

create or replace table ways as
select source, 'received' as way, count(*) as records
from records where record not in (from left_out) group by source
union all
select source, 'received', count(*) from dead_lines where code = 'empty_record' group by source
union all
select source, 'dead_lettered', count(*) from dead_lines group by source
union all
select source, case when record in (from counted) then 'counted' else 'in_no_experiment' end as way, count(*)
from events group by source, way
union all
select source, 'duplicates', count(*)
from deliveries where record not in (select record from events) group by source
union all
-- "duplicates whose ts or content hash differs from that of the delivery that counts".
select d.source, 'conflicting_duplicates', count(*)
from deliveries d join events e using (type, id)
where d.ts <> e.ts or d.hash <> e.hash
group by d.source
union all
-- "over deliveries that count, exposures to an experiment or variant that is not loaded".
select e.source, 'unknown_exposures', count(*)
from carried c join events e using (record)
where (c.experiment, c.variant) not in (select (experiment, variant) from known_variants)
group by e.source;

insert into accounting
select ${feed} as feed, source,
       coalesce(sum(records) filter (where way = 'received'), 0)::bigint as received,
       coalesce(sum(records) filter (where way = 'counted'), 0)::bigint as counted,
       coalesce(sum(records) filter (where way = 'in_no_experiment'), 0)::bigint as in_no_experiment,
       coalesce(sum(records) filter (where way = 'duplicates'), 0)::bigint as duplicates,
       coalesce(sum(records) filter (where way = 'conflicting_duplicates'), 0)::bigint as conflicting_duplicates,
       coalesce(sum(records) filter (where way = 'dead_lettered'), 0)::bigint as dead_lettered,
       0::bigint as late, -- nothing is late when everything is there
       coalesce(sum(records) filter (where way = 'unknown_exposures'), 0)::bigint as unknown_exposures,
       coalesce(any_value(n.newest_millis), -9223372036854775808) as newest_millis
from ways
left join (select source, max(ts) as newest_millis from deliveries group by source) n using (source)
group by source;

insert into dead select ${feed}, source, line, code, field, record from dead_lines;

insert into progress select ${feed}, showroom, max(ts) from deliveries group by showroom;

insert into unread select ${feed}, record from unread_since;
