-- One origin of a life table: who enters when, and what comes first then.

create or replace temp table purchases_since_exposure as
select e.record, u.unit, u.variant, u.mixed_at, u.mixed_day, e.ts, e.kind
from events e join units u on u.unit = e.visitor
where e.type = 'purchase' and e.ts >= u.exposed_at and e.ts < ${observe_until} and e.kind in (${kinds});

create or replace temp table entries as
select unit, variant, mixed_day, entered_at, (entered_at - ${start}) // ${bin_millis} as entry_bin
from (${entries});

-- "At equal times picked_up or renewed wins, then cancelled, then no_show".
create or replace temp table ends as
select unit, ended_at, kind
from (
  select p.unit, p.ts as ended_at,
         case p.kind when 'pickup' then 'picked_up' when 'renewal' then 'renewed' when 'no_show' then 'no_show'
                     else 'cancelled' end as kind
  from purchases_since_exposure p join entries e using (unit)
  where p.ts >= e.entered_at and p.kind in (${ending_kinds})
)
qualify row_number() over (
  partition by unit
  order by ended_at, case kind when 'picked_up' then 0 when 'renewed' then 0 when 'cancelled' then 1 else 2 end) = 1;

create or replace temp table life_steps as
select s.unit, s.variant, s.mixed_day, s.entry_bin, s.kind, s.bin, d.day
from (
  select unit, variant, mixed_day, entry_bin, 'entered' as kind, 0 as bin, entered_at as ts from entries
  union all
  select e.unit, e.variant, e.mixed_day, e.entry_bin, x.kind, (x.ended_at - e.entered_at) // ${bin_millis}, x.ended_at
  from entries e join ends x using (unit)
) s
asof join days d on s.ts >= d.starts_at;

insert into life_increments
select ${experiment}, variant, ${origin}, entry_bin, kind, bin, day, sum(sign)
from (
  select variant, entry_bin, kind, bin, day, 1 as sign from life_steps where mixed_day is null or day < mixed_day
  union all
  select variant, entry_bin, kind, bin, mixed_day, -1 from life_steps where day < mixed_day
)
group by variant, entry_bin, kind, bin, day;

-- Accounting: "a life table's purchases count in the same way, from first exposure to observe_until".
insert into counted select record from purchases_since_exposure where mixed_at is null;
