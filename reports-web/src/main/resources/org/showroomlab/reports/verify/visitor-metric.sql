-- One metric of one experiment with visitor units: its outcomes and covariates.

-- "outcomes are the visitor's events with first exposure <= ts < min(first exposure + window_hours, observe_until)".
create or replace temp table windows as
select unit, exposed_at, exposed_at - ${covariate_millis} as covariates_from,
       least(exposed_at + ${window_millis}, ${observe_until}) as outcomes_until
from units;

create or replace temp table outcomes as
select o.*, d.day
from (
  select m.*, w.unit
  from matches m join events e using (record) join windows w on w.unit = e.visitor
  where e.ts >= w.exposed_at and e.ts < w.outcomes_until
) o join events using (record)
asof join days d on events.ts >= d.starts_at;

-- "Covariate: matching events in [first exposure - covariate_days, first exposure)".
create or replace temp table covariates as
select unit, ${value_of_x} as x, z
from (
  select w.unit, sum(m.y) as total, sum(m.d) as z
  from matches m join events e using (record) join windows w on w.unit = e.visitor
  where ${has_covariates} and e.ts >= w.covariates_from and e.ts < w.exposed_at
  group by w.unit
);

-- Accounting: "its visitor is exposed and not mixed, and it matches a measure in the outcome window or the covariate
-- days".
insert into counted
select m.record
from matches m join events e using (record) join windows w on w.unit = e.visitor join units u on u.unit = w.unit
where u.mixed_at is null and e.ts >= w.covariates_from and e.ts < w.outcomes_until;
