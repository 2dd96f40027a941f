-- "the unit is in the slices that any of its events is in, for every metric, from the first day on which one is and the
-- unit has a variant."
create or replace temp table presence as
select unit, ${slice} as value, min(day) as from_day from unit_events group by all;

create or replace temp table parts as
select unit, ${slice} as value, day, y, d, events from outcomes;
