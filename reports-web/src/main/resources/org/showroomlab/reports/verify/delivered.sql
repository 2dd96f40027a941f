-- The events that count (contract, section 3) for what one run or job counted, which depends on when it was and on what
-- its metrics read.

-- "as-of: events at or after it are left out", as if they had never been delivered.
create or replace table left_out as select record from valid where ts >= ${as_of};

-- A number that a metric reads and that does not fit 64 bits.
create or replace table unreadable as select record from valid where record not in (from left_out) and (${unreadable});

create or replace table deliveries as
select * from valid where record not in (from left_out) and record not in (from unreadable);

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
