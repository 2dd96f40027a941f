-- Visitor units of one experiment (contract, section 3).

-- Exposure: "any event of u with exposures[e] = v and start <= ts < end".
create or replace temp table exposing as
select e.record, e.visitor as unit, e.ts, e.hash, e.type, e.id, c.variant
from events e join carried c using (record)
where c.experiment = ${experiment} and c.variant in (${variants})
  and e.visitor is not null and e.ts >= ${start} and e.ts < ${end};

insert into counted select record from exposing;

-- "First exposure is the smallest ts"; at equal times the smaller content hash.
create or replace temp table first_exposure as
select unit, ts as exposed_at, variant, record
from exposing
qualify row_number() over (partition by unit order by ts, hash, type, id) = 1;

-- "A unit seen with two different variants is mixed", from the first exposure to the second one on.
create or replace temp table second_variant as
select x.unit, min(x.ts) as mixed_at
from exposing x join first_exposure f using (unit)
where x.variant <> f.variant
group by x.unit;

-- "Dimension value of a unit: the value on its first-exposure event".
-- Cohorts follow each other from the start; "what is counted of a cohort stands on the day on which it begins".
create or replace temp table units as
select f.unit, f.variant, f.exposed_at, s.mixed_at, first.day as first_day, mixed.day as mixed_day,
       f.cohort::varchar as cohort, begins.day as cohort_day ${slice_columns}
from (select *, (exposed_at - ${start}) // ${cohort_millis} as cohort from first_exposure) f
join events e using (record)
left join second_variant s using (unit)
asof join days first on f.exposed_at >= first.starts_at
asof join days begins on ${start} + f.cohort * ${cohort_millis} >= begins.starts_at
asof left join days mixed on s.mixed_at >= mixed.starts_at;
