-- Units of one experiment on caches or showrooms: (cluster, period).

-- "An event belongs to the unit when it names the cache or the showroom, start <= ts < observe_until, and ts is at
-- least washout_minutes after the start of its period."
create or replace temp table belonging as
select p.*, d.day
from (
  select e.*, ${cluster} as cluster, (e.ts - ${start}) // ${period_millis} as period
  from events e
  where ${cluster} is not null and e.ts >= ${start} and e.ts < ${observe_until}
    and (e.ts - ${start}) % ${period_millis} >= ${washout_millis}
) p
asof join days d on p.ts >= d.starts_at;

-- "Its variant is the one that its events carry in exposures at ts < end."
create or replace temp table exposing as
select b.record, b.cluster, b.period, b.ts, b.hash, b.type, b.id, b.day, c.variant
from belonging b join carried c using (record)
where c.experiment = ${experiment} and c.variant in (${variants}) and b.ts < ${end};

insert into counted select record from exposing;

create or replace temp table first_exposure as
select cluster, period, variant, day as known_day
from exposing
qualify row_number() over (partition by cluster, period order by ts, hash, type, id) = 1;

-- "As of a day on which its events so far carry two variants it is mixed."
create or replace temp table units as
select row_number() over () as unit, f.cluster, f.period, f.variant, f.known_day,
       min(x.day) filter (where x.variant <> f.variant) as mixed_day, null::date as cohort_day
from first_exposure f join exposing x using (cluster, period)
group by f.cluster, f.period, f.variant, f.known_day;

-- "On the day on which it becomes known, the unit's earlier events are added."
create or replace temp table unit_events as
select u.unit, b.record, greatest(b.day, u.known_day) as day ${slice_columns}
from belonging b join units u using (cluster, period)
join events e using (record);

-- "Windows and covariates do not apply."
create or replace temp table covariates (unit bigint, x hugeint, z hugeint);
