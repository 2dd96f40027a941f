-- One slice of one metric: from which day on a unit is in it, and what its events bring.
create or replace temp table presence as
select unit, ${slice} as value, first_day as from_day from units;

create or replace temp table parts as
select o.unit, ${slice} as value, o.day, o.y, o.d, o.events
from outcomes o join units using (unit);
