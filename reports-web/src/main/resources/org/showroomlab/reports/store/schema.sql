-- Tables hold what was written; the views below are what others may rely on.
-- No table has a primary key: the writer exchanges rows by key, which needs no index, and with one a row could not be
-- deleted and written again in the same transaction.

create table if not exists store_version (version integer not null);

create table if not exists experiment_files (
  experiment varchar not null,
  name varchar not null,
  hypothesis varchar not null,
  owner varchar not null,
  analysis varchar not null,
  unit varchar not null,
  start_at timestamptz not null,
  end_at timestamptz not null,
  observe_until timestamptz not null,
  time_zone varchar not null,
  currency varchar,
  covariate_days integer not null,
  alpha double not null,
  correction varchar not null,
  monitoring varchar not null,
  feed varchar not null,
  file varchar not null,
  definition varchar not null
);

create table if not exists experiment_variants (
  experiment varchar not null,
  variant varchar not null,
  position integer not null,
  control boolean not null,
  weight double not null,
  price_minor bigint,
  ttl_seconds bigint,
  allotment bigint
);

create table if not exists unit_increments (
  experiment varchar not null,
  metric varchar not null,
  variant varchar not null,
  dimension varchar not null,
  dimension_value varchar not null,
  day date not null,
  n bigint not null,
  events bigint not null,
  sum hugeint not null,
  sum_squares hugeint not null,
  den_sum hugeint not null,
  den_sum_squares hugeint not null,
  cross_sum hugeint not null,
  x_sum hugeint not null,
  x_sum_squares hugeint not null,
  xy_sum hugeint not null,
  z_sum hugeint not null,
  z_sum_squares hugeint not null,
  yz_sum hugeint not null,
  dx_sum hugeint not null,
  dz_sum hugeint not null,
  xz_sum hugeint not null,
  uncapped_sum hugeint not null,
  uncapped_sum_squares hugeint not null
);

create table if not exists accounting_rows (
  feed varchar not null,
  source varchar not null,
  received bigint not null,
  counted bigint not null,
  in_no_experiment bigint not null,
  duplicates bigint not null,
  conflicting_duplicates bigint not null,
  dead_lettered bigint not null,
  late bigint not null,
  unknown_exposures bigint not null,
  newest_millis bigint not null
);

create table if not exists dead_letter_rows (
  feed varchar not null,
  source varchar not null,
  position varchar not null,
  code varchar not null,
  field varchar,
  detail varchar not null,
  record blob not null
);

create table if not exists result_offsets (
  topic varchar not null,
  partition integer not null,
  next_offset bigint not null
);

create table if not exists as_known (
  experiment varchar not null,
  as_of timestamptz not null,
  known_at timestamptz not null,
  decision varchar not null,
  status varchar not null,
  metric varchar not null,
  variant varchar not null,
  control varchar not null,
  method varchar not null,
  control_units bigint not null,
  units bigint not null,
  estimate double,
  std_error double,
  ci_low double,
  ci_high double,
  p_value double,
  method_version varchar not null
);

create or replace view experiments as
select f.*, d.first_day, d.last_day
from experiment_files f
left join (select experiment, min(day) as first_day, max(day) as last_day from unit_increments group by experiment) d
  using (experiment);

create or replace view variants as
select v.experiment, v.variant, v.position, v.control, v.weight, v.price_minor, v.ttl_seconds, v.allotment,
       coalesce(u.units, 0)::bigint as units
from experiment_variants v
left join (select experiment, variant, sum(n) as units from unit_increments
           where metric = '' and dimension = '' group by experiment, variant) u
  using (experiment, variant);

create or replace view unit_statistics as
with spine as (
  select experiment, unnest(generate_series(min(day), max(day), interval 1 day))::date as day
  from unit_increments group by experiment
), keys as (
  select distinct experiment, metric, variant, dimension, dimension_value from unit_increments
)
select k.experiment, k.metric, k.variant, k.dimension, k.dimension_value, s.day,
       cast(sum(coalesce(i.n, 0)) over w as bigint) as n,
       cast(sum(coalesce(i.events, 0)) over w as bigint) as events,
       sum(coalesce(i.sum, 0)) over w as sum,
       sum(coalesce(i.sum_squares, 0)) over w as sum_squares,
       sum(coalesce(i.den_sum, 0)) over w as den_sum,
       sum(coalesce(i.den_sum_squares, 0)) over w as den_sum_squares,
       sum(coalesce(i.cross_sum, 0)) over w as cross_sum,
       sum(coalesce(i.x_sum, 0)) over w as x_sum,
       sum(coalesce(i.x_sum_squares, 0)) over w as x_sum_squares,
       sum(coalesce(i.xy_sum, 0)) over w as xy_sum,
       sum(coalesce(i.z_sum, 0)) over w as z_sum,
       sum(coalesce(i.z_sum_squares, 0)) over w as z_sum_squares,
       sum(coalesce(i.yz_sum, 0)) over w as yz_sum,
       sum(coalesce(i.dx_sum, 0)) over w as dx_sum,
       sum(coalesce(i.dz_sum, 0)) over w as dz_sum,
       sum(coalesce(i.xz_sum, 0)) over w as xz_sum,
       sum(coalesce(i.uncapped_sum, 0)) over w as uncapped_sum,
       sum(coalesce(i.uncapped_sum_squares, 0)) over w as uncapped_sum_squares
from keys k
join spine s using (experiment)
left join unit_increments i using (experiment, metric, variant, dimension, dimension_value, day)
window w as (partition by k.experiment, k.metric, k.variant, k.dimension, k.dimension_value
             order by s.day rows unbounded preceding);

create or replace view cluster_statistics as
select null::varchar as experiment, null::varchar as metric, null::varchar as variant, null::varchar as cluster,
       null::bigint as period, null::date as day, null::bigint as n, null::hugeint as sum,
       null::hugeint as sum_squares
where false;

create or replace view histograms as
select null::varchar as experiment, null::varchar as metric, null::varchar as variant, null::varchar as cluster,
       null::bigint as period, null::date as day, null::integer as bucket, null::double as bucket_low,
       null::double as bucket_high, null::bigint as n
where false;

create or replace view life_tables as
select null::varchar as experiment, null::varchar as variant, null::date as day, null::integer as bin,
       null::double as bin_start_hours, null::double as bin_end_hours, null::varchar as event_kind,
       null::bigint as n
where false;

create or replace view accounting as
select f.experiment, a.source, a.received, a.counted, a.in_no_experiment, a.duplicates, a.conflicting_duplicates,
       a.dead_lettered, a.late, a.unknown_exposures,
       case when a.newest_millis > -9223372036854775808 then to_timestamp(a.newest_millis / 1000.0) end
         as newest_event_at
from experiment_files f join accounting_rows a using (feed);

create or replace view dead_letters as
select feed, source, position, code, field, detail, record from dead_letter_rows;

comment on view unit_statistics is
  'Exact sufficient statistics, cumulative as of the end of day; every key has a row for each day from the experiment''s first to its last day with data';
comment on column unit_statistics.metric is
  'metric id; empty: the exposed units themselves; *mixed*: units seen with two variants';
comment on column unit_statistics.variant is 'variant id; empty for *mixed*';
comment on column unit_statistics.dimension is 'field name of the dimension; empty: all units';
comment on column unit_statistics.dimension_value is 'value on the first-exposure event; empty: all units, or none';
comment on column unit_statistics.day is 'day in the time zone of the experiment';
comment on column unit_statistics.n is 'units';
comment on column unit_statistics.events is 'matching events';
comment on column unit_statistics.sum is 'value y per unit, added up; fixed point: value x 10^scale, scale 0 for amounts and counts, 6 for decimals';
comment on column unit_statistics.sum_squares is 'y squared; value^2 x 10^(2 scale)';
comment on column unit_statistics.den_sum is 'denominator d of a ratio; value x 10^scale';
comment on column unit_statistics.den_sum_squares is 'd squared; value^2 x 10^(2 scale)';
comment on column unit_statistics.cross_sum is 'y times d; value of y x value of d x 10^(both scales)';
comment on column unit_statistics.x_sum is 'covariate x, y over the days before first exposure; value x 10^scale';
comment on column unit_statistics.x_sum_squares is 'x squared; value^2 x 10^(2 scale)';
comment on column unit_statistics.xy_sum is 'x times y; value^2 x 10^(2 scale)';
comment on column unit_statistics.z_sum is 'covariate z, d over the days before first exposure; value x 10^scale';
comment on column unit_statistics.z_sum_squares is 'z squared; value^2 x 10^(2 scale)';
comment on column unit_statistics.yz_sum is 'y times z; product of values x 10^(both scales)';
comment on column unit_statistics.dx_sum is 'd times x; product of values x 10^(both scales)';
comment on column unit_statistics.dz_sum is 'd times z; value^2 x 10^(2 scale)';
comment on column unit_statistics.xz_sum is 'x times z; product of values x 10^(both scales)';
comment on column unit_statistics.uncapped_sum is 'y before its cap; value x 10^scale';
comment on column unit_statistics.uncapped_sum_squares is 'y before its cap, squared; value^2 x 10^(2 scale)';

comment on column experiments.start_at is 'instant; first exposures count from here';
comment on column experiments.end_at is 'instant; first exposures count before this';
comment on column experiments.observe_until is 'instant; outcomes count before this';
comment on column experiments.covariate_days is 'days';
comment on column experiments.alpha is 'two-sided error rate, 0 to 1';
comment on column experiments.feed is 'where its rows came from: live, or the run that wrote them';
comment on column experiments.definition is 'the YAML text of the experiment file';
comment on column experiments.first_day is 'first day with data, in the time zone of the experiment';
comment on column experiments.last_day is 'last day with data, in the time zone of the experiment';

comment on column variants.weight is 'planned share, relative to the other weights';
comment on column variants.price_minor is 'minor units of the currency of the experiment';
comment on column variants.ttl_seconds is 'seconds';
comment on column variants.allotment is 'pieces per drop';
comment on column variants.units is 'exposed units that saw only this variant';

comment on view cluster_statistics is 'Statistics per cluster and period; not filled in this version';
comment on column cluster_statistics.n is 'events';
comment on column cluster_statistics.sum is 'value x 10^scale';
comment on column cluster_statistics.sum_squares is 'value^2 x 10^(2 scale)';
comment on view histograms is 'Fixed log-bucket histograms per cluster and period; not filled in this version';
comment on column histograms.bucket_low is 'value';
comment on column histograms.bucket_high is 'value';
comment on column histograms.n is 'events';
comment on view life_tables is 'Time from first exposure to an event; not filled in this version';
comment on column life_tables.bin_start_hours is 'hours since first exposure';
comment on column life_tables.bin_end_hours is 'hours since first exposure';
comment on column life_tables.n is 'units';

comment on view accounting is
  'What became of the records of each source: received = counted + in_no_experiment + duplicates + dead_lettered';
comment on column accounting.source is 'a topic or a file';
comment on column accounting.received is 'records';
comment on column accounting.counted is 'records that are an exposure or outcome in at least one experiment of the run';
comment on column accounting.in_no_experiment is 'records';
comment on column accounting.duplicates is 'records';
comment on column accounting.conflicting_duplicates is 'records; part of duplicates, with other content than the delivery that counts';
comment on column accounting.dead_lettered is 'records';
comment on column accounting.late is 'records; part of in_no_experiment';
comment on column accounting.unknown_exposures is 'exposures to an experiment or variant that is not loaded';
comment on column accounting.newest_event_at is 'instant; the largest event time seen';

comment on column dead_letters.feed is 'the run that set it aside, or live';
comment on column dead_letters.position is 'line of the file from 1, or partition/offset';
comment on column dead_letters.code is 'machine-readable reason';
comment on column dead_letters.record is 'bytes as they came';

comment on table as_known is 'Append-only: what the report said at each look, and when';
comment on column as_known.as_of is 'instant; newest event time in the look';
comment on column as_known.known_at is 'instant; clock time of the look';
comment on column as_known.control_units is 'units';
comment on column as_known.units is 'units';
comment on column as_known.estimate is 'difference to control, in units of the metric; null when not computable';
comment on column as_known.std_error is 'units of the metric';
comment on column as_known.ci_low is 'units of the metric; null when open or not computable';
comment on column as_known.ci_high is 'units of the metric; null when open or not computable';
comment on column as_known.p_value is 'two-sided, 0 to 1, not adjusted';
