-- Stock (docs/TABLES.md): reports as they come, and what visitors did in a showroom, minute by minute.

insert into stock_increments
select ${experiment}, 'report', e.showroom, e.sku, coalesce(c.variant, ''), e.ts, e.on_hand, d.day, count(*), 0
from events e
left join carried c on c.record = e.record and c.experiment = ${experiment} and c.variant in (${variants})
  and e.ts < ${end}
asof join days d on e.ts >= d.starts_at
where e.type = 'stock' and e.ts >= ${start} and e.ts < ${observe_until}
group by all;

insert into counted
select record from events where type = 'stock' and ts >= ${start} and ts < ${observe_until};

create or replace temp table flows as
select f.*, d.day
from (
  select e.record, e.ts, e.showroom, u.variant, u.mixed_at, u.mixed_day,
         unnest(case when e.type = 'purchase' then ['preorder'] when e.page = 'sold-out' then ['visit', 'turned_away']
                     else ['visit'] end) as kind,
         case when e.type = 'purchase' then coalesce(e.sku, '') else '' end as sku,
         case when e.type = 'purchase' then e.quantity else 0 end as pieces
  from events e join units u on u.unit = e.visitor
  where (e.type = 'visit' or (e.type = 'purchase' and e.kind = 'preorder'))
    and e.ts >= u.exposed_at and e.ts < ${observe_until}
) f
asof join days d on f.ts >= d.starts_at;

-- "On the day on which a visitor becomes mixed, their events move to the variant ''; later ones are there at once."
insert into stock_increments
select ${experiment}, kind, showroom, sku, variant, ts // 60000 * 60000, 0, day, sum(sign), sum(sign * pieces)
from (
  select kind, showroom, sku, variant, ts, day, pieces, 1 as sign from flows where mixed_day is null or day < mixed_day
  union all
  select kind, showroom, sku, variant, ts, mixed_day, pieces, -1 from flows where day < mixed_day
  union all
  select kind, showroom, sku, '', ts, greatest(day, mixed_day), pieces, 1 from flows where mixed_day is not null
)
group by all;

insert into counted select record from flows where mixed_at is null;
