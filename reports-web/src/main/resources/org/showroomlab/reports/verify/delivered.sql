-- The events that count (contract, section 3) for what one run or job counted, which depends on when it was and on what
-- its metrics read.

-- "as-of: events at or after it are left out", as if they had never been delivered.
create or replace table left_out as select record from valid where ts >= ${as_of};

-- A number that a metric reads and that does not fit 64 bits.
create or replace table unreadable as select record from valid where record not in (from left_out) and (${unreadable});

-- "A device's clock may be ahead of a record's arrival by so much": when it came is not in the events, so of those that
-- are alike as many are set aside as the job has letters with their bytes. Letters of an earlier submission, which may
-- have allowed less, stay; so no more than its accounting has room for, those that are furthest ahead.
create or replace table ahead as
with
  alike as (
    select v.record, v.ts, v.record in (from unreadable) as is_unreadable, l.copies,
           row_number() over (partition by l.bytes order by v.record) as copy
    from valid v join well_typed w using (record) join letters l on encode(w.text) = l.bytes
    where l.code = 'clock_ahead' and v.record not in (from left_out)),
  readable as (
    select record, row_number() over (order by ts desc, record) as place
    from alike where not is_unreadable and copy <= copies),
  room as (
    select (select coalesce(sum(records), 0) from said_dead) - (select count(*) from unreadable)
           - (select count(*) from records where record not in (select record from valid))
           - (select coalesce(sum(copies), 0) from letters where code = 'empty_record') as places)
select record from alike where is_unreadable
union all
select record from readable, room where place <= places;

create or replace table deliveries as
select * from valid
where record not in (from left_out) and record not in (from unreadable) and record not in (from ahead);

-- Identity: the smaller ts counts, then the smaller content hash, then the source with the smaller name.
create or replace table events as
select * from deliveries
qualify row_number() over (partition by type, id order by ts, hash, source, record) = 1;

-- Exposures that the events carry, one row each.
create or replace table carried as
select record, exposure.key as experiment, exposure.value as variant
from (
  select record, unnest(map_entries(json_transform(exposures, '"MAP(VARCHAR, VARCHAR)"'))) as exposure
  from events where exposures is not null
);
