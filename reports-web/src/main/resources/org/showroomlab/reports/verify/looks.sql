-- What the digest of each look must be: MD5 of the one before and of what the row says, so that no row can be changed, added
-- or taken out unnoticed.
create table digests_of_looks as
with said as (
  select *, list_transform(
      [number::varchar, experiment, epoch_us(as_of)::varchar, epoch_us(known_at)::varchar, decision, status, metric,
       variant, control, method, control_units::varchar, units::varchar, estimate::varchar, std_error::varchar,
       ci_low::varchar, ci_high::varchar, p_value::varchar, method_version, matured_units::varchar,
       planned_units::varchar, kind, reasons, source, own_reasons, epoch_us(planned_end)::varchar,
       epoch_us(planned_observe_until)::varchar, plan],
      lambda value: coalesce(value, '-')) as says
  from stored.as_known
  where number is not null)
select experiment, epoch_ms(as_of) as as_of_millis, kind, metric, variant, number,
       md5(coalesce(lag(digest) over (order by number), '') || array_to_string(says, '|')) as digest
from said;
