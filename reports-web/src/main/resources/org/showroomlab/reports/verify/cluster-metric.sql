-- One metric over cluster units: "its outcomes are all its events".
create or replace temp table outcomes as
select m.*, e.* exclude (record)
from matches m join unit_events e using (record);

insert into counted select m.record from matches m join belonging using (record);
