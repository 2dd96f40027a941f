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
-- Files of before version 7 have the table without these, those of before version 8 without the plan.
alter table experiment_files add column if not exists run_as_of timestamptz;
alter table experiment_files add column if not exists run_counted_at timestamptz;
alter table experiment_files add column if not exists plan varchar;
-- What files of before version 9 call the time zone of an experiment that names none.
update experiment_files set time_zone = 'UTC' where time_zone = 'Z';

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

create table if not exists experiment_metrics (
  experiment varchar not null,
  metric varchar not null,
  type varchar not null,
  role varchar not null,
  goal varchar not null,
  value_scale integer not null,
  per_scale integer
);

-- When each day of an experiment ends, so that no reader needs time zones.
create table if not exists experiment_days (
  experiment varchar not null,
  day date not null,
  elapsed_millis bigint not null,
  life_bin_millis bigint not null
);

-- The bounds of the positive buckets in scaled units; high is above every value of the bucket.
create table if not exists bucket_bounds (
  bucket integer not null,
  low bigint not null,
  high bigint not null
);

-- A sum of products that has more than 128 bits is null here, and then all sums of its row stand in wide_sums as text.
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
  sum_squares hugeint,
  den_sum hugeint not null,
  den_sum_squares hugeint,
  cross_sum hugeint,
  x_sum hugeint not null,
  x_sum_squares hugeint,
  xy_sum hugeint,
  z_sum hugeint not null,
  z_sum_squares hugeint,
  yz_sum hugeint,
  dx_sum hugeint,
  dz_sum hugeint,
  xz_sum hugeint,
  uncapped_sum hugeint not null,
  uncapped_sum_squares hugeint,
  wide_sums varchar
);

create table if not exists cluster_increments (
  experiment varchar not null,
  metric varchar not null,
  variant varchar not null,
  dimension varchar not null,
  dimension_value varchar not null,
  cluster varchar not null,
  period bigint not null,
  day date not null,
  events bigint not null,
  sum hugeint not null,
  sum_squares hugeint,
  den_events bigint not null,
  den_sum hugeint not null,
  wide_sums varchar
);

-- Files of earlier versions had no such rows.
alter table unit_increments add column if not exists wide_sums varchar;
alter table cluster_increments add column if not exists wide_sums varchar;
alter table unit_increments alter column sum_squares drop not null;
alter table unit_increments alter column den_sum_squares drop not null;
alter table unit_increments alter column cross_sum drop not null;
alter table unit_increments alter column x_sum_squares drop not null;
alter table unit_increments alter column xy_sum drop not null;
alter table unit_increments alter column z_sum_squares drop not null;
alter table unit_increments alter column yz_sum drop not null;
alter table unit_increments alter column dx_sum drop not null;
alter table unit_increments alter column dz_sum drop not null;
alter table unit_increments alter column xz_sum drop not null;
alter table unit_increments alter column uncapped_sum_squares drop not null;
alter table cluster_increments alter column sum_squares drop not null;

create table if not exists histogram_increments (
  experiment varchar not null,
  metric varchar not null,
  variant varchar not null,
  dimension varchar not null,
  dimension_value varchar not null,
  cluster varchar not null,
  period bigint not null,
  day date not null,
  buckets integer[] not null,
  counts bigint[] not null
);

create table if not exists life_increments (
  experiment varchar not null,
  variant varchar not null,
  origin varchar not null,
  entry_bin bigint not null,
  kind varchar not null,
  bin bigint not null,
  day date not null,
  n bigint not null
);

create table if not exists stock_increments (
  experiment varchar not null,
  kind varchar not null,
  showroom varchar not null,
  sku varchar not null,
  variant varchar not null,
  at_millis bigint not null,
  on_hand bigint not null,
  day date not null,
  n bigint not null,
  pieces hugeint not null
);

create table if not exists showroom_progress (
  feed varchar not null,
  showroom varchar not null,
  newest_millis bigint not null
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

create table if not exists result_cluster (cluster varchar not null);

create table if not exists live_owners (
  experiment varchar not null,
  feed varchar not null,
  job_id varchar not null,
  since_offset bigint not null
);

-- Experiments that the last submission of their job left out; the newest event when it did.
create table if not exists left_out (experiment varchar not null, newest_millis bigint not null);

-- Experiments whose stored rows are between what they were and what they will be.
create table if not exists between_states (experiment varchar not null);

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
  method_version varchar not null,
  matured_units bigint,
  planned_units bigint
);

alter table as_known add column if not exists matured_units bigint;

alter table as_known add column if not exists planned_units bigint;

alter table as_known add column if not exists kind varchar;

alter table as_known add column if not exists reasons varchar;

alter table as_known add column if not exists source varchar;
-- From version 7 on.
alter table as_known add column if not exists own_reasons varchar;
-- From version 8 on.
alter table as_known add column if not exists plan varchar;
alter table as_known add column if not exists planned_end timestamptz;
-- From version 10 on.
alter table as_known add column if not exists planned_observe_until timestamptz;
alter table as_known add column if not exists number bigint;
alter table as_known add column if not exists digest varchar;

-- Number and digest of the row of as_known that was written last, so that it is missed, too.
create table if not exists last_look (number bigint not null, digest varchar not null);

-- What a digest is of.
create or replace view look_texts as
select number, concat_ws('|', number, experiment, epoch_us(as_of), epoch_us(known_at), decision, status, metric, variant,
    control, method, control_units, units, coalesce(estimate::varchar, '-'), coalesce(std_error::varchar, '-'),
    coalesce(ci_low::varchar, '-'), coalesce(ci_high::varchar, '-'), coalesce(p_value::varchar, '-'), method_version,
    coalesce(matured_units::varchar, '-'), coalesce(planned_units::varchar, '-'), coalesce(kind, '-'),
    coalesce(reasons, '-'), coalesce(source, '-'), coalesce(own_reasons, '-'),
    coalesce(epoch_us(planned_end)::varchar, '-'), coalesce(epoch_us(planned_observe_until)::varchar, '-'),
    coalesce(plan, '-')) as text
from as_known;

create or replace view look_sources as
select experiment,
       case when feed = 'live' or feed like 'live:%'
            then coalesce((select min(split_part(cluster, '/', 1)) from result_cluster), '') else '' end as source,
       plan, end_at, observe_until
from experiment_files;

-- What an earlier version wrote did not say what it saw.
create or replace view looks_at_these_data as
select k.*, k.plan is null or k.plan = s.plan as is_of_plan
from as_known k join look_sources s using (experiment)
where k.source is null or k.source = s.source;

create or replace view standing_looks as
select * exclude is_of_plan from looks_at_these_data where is_of_plan;

-- Cohorts (dimension '*cohort') have no series of days: all that is counted of one stands on the day on which it begins.
create or replace view days_with_data as
select experiment, min(day) as first_day, max(day) as last_day
from (select experiment, day from unit_increments where dimension <> '*cohort'
      union all select experiment, day from cluster_increments
      union all select experiment, day from histogram_increments where dimension <> '*cohort'
      union all select experiment, day from life_increments
      union all select experiment, day from stock_increments)
group by experiment;

create or replace view experiments as
select f.* exclude (run_counted_at, plan), d.first_day, d.last_day
from experiment_files f left join days_with_data d using (experiment);

create or replace view metrics as
select experiment, metric, type, role, goal, value_scale, per_scale from experiment_metrics;

create or replace view variants as
select v.experiment, v.variant, v.position, v.control, v.weight, v.price_minor, v.ttl_seconds, v.allotment,
       coalesce(u.units, 0)::bigint as units
from experiment_variants v
left join (select experiment, variant, sum(n) as units from unit_increments
           where metric = '' and dimension = '' group by experiment, variant) u
  using (experiment, variant);

-- Sums over days are made in two parts, because together they may have more than 128 bits: null then, as where a day's has.
-- What no such sum can reach stands for a day that has more.
create or replace macro upper_part(x, wide) as
  case when x is null and wide is not null then 1000000000000000000000000000000
       else coalesce(x, 0) // 1000000000000000000 end;
create or replace macro lower_part(x) as coalesce(x, 0) % 1000000000000000000;
create or replace macro whole(above, below) as
  case when abs(above + below // 1000000000000000000) < 170141183460469231731
            or (abs(above + below // 1000000000000000000) = 170141183460469231731
                and sign(above) * (below % 1000000000000000000) <= 687303715884105727)
    then (above + below // 1000000000000000000) * 1000000000000000000 + below % 1000000000000000000 end;

create or replace view unit_statistics as
with spine as (
  select experiment, unnest(generate_series(first_day, last_day, interval 1 day))::date as day from days_with_data
), keys as (
  select distinct experiment, metric, variant, dimension, dimension_value from unit_increments
  where dimension <> '*cohort'
), cumulative as (
select k.experiment, k.metric, k.variant, k.dimension, k.dimension_value, s.day,
       cast(sum(coalesce(i.n, 0)) over w as bigint) as n,
       cast(sum(coalesce(i.events, 0)) over w as bigint) as events,
       sum(coalesce(i.sum, 0)) over w as sum,
       sum(upper_part(i.sum_squares, i.wide_sums)) over w as sum_squares_upper, sum(lower_part(i.sum_squares)) over w as sum_squares_lower,
       sum(coalesce(i.den_sum, 0)) over w as den_sum,
       sum(upper_part(i.den_sum_squares, i.wide_sums)) over w as den_sum_squares_upper, sum(lower_part(i.den_sum_squares)) over w as den_sum_squares_lower,
       sum(upper_part(i.cross_sum, i.wide_sums)) over w as cross_sum_upper, sum(lower_part(i.cross_sum)) over w as cross_sum_lower,
       sum(coalesce(i.x_sum, 0)) over w as x_sum,
       sum(upper_part(i.x_sum_squares, i.wide_sums)) over w as x_sum_squares_upper, sum(lower_part(i.x_sum_squares)) over w as x_sum_squares_lower,
       sum(upper_part(i.xy_sum, i.wide_sums)) over w as xy_sum_upper, sum(lower_part(i.xy_sum)) over w as xy_sum_lower,
       sum(coalesce(i.z_sum, 0)) over w as z_sum,
       sum(upper_part(i.z_sum_squares, i.wide_sums)) over w as z_sum_squares_upper, sum(lower_part(i.z_sum_squares)) over w as z_sum_squares_lower,
       sum(upper_part(i.yz_sum, i.wide_sums)) over w as yz_sum_upper, sum(lower_part(i.yz_sum)) over w as yz_sum_lower,
       sum(upper_part(i.dx_sum, i.wide_sums)) over w as dx_sum_upper, sum(lower_part(i.dx_sum)) over w as dx_sum_lower,
       sum(upper_part(i.dz_sum, i.wide_sums)) over w as dz_sum_upper, sum(lower_part(i.dz_sum)) over w as dz_sum_lower,
       sum(upper_part(i.xz_sum, i.wide_sums)) over w as xz_sum_upper, sum(lower_part(i.xz_sum)) over w as xz_sum_lower,
       sum(coalesce(i.uncapped_sum, 0)) over w as uncapped_sum,
       sum(upper_part(i.uncapped_sum_squares, i.wide_sums)) over w as uncapped_sum_squares_upper, sum(lower_part(i.uncapped_sum_squares)) over w as uncapped_sum_squares_lower
from keys k
join spine s using (experiment)
left join unit_increments i using (experiment, metric, variant, dimension, dimension_value, day)
window w as (partition by k.experiment, k.metric, k.variant, k.dimension, k.dimension_value
             order by s.day rows unbounded preceding)
)
select experiment, metric, variant, dimension, dimension_value, day, n, events,
       sum,
       whole(sum_squares_upper, sum_squares_lower) as sum_squares,
       den_sum,
       whole(den_sum_squares_upper, den_sum_squares_lower) as den_sum_squares,
       whole(cross_sum_upper, cross_sum_lower) as cross_sum,
       x_sum,
       whole(x_sum_squares_upper, x_sum_squares_lower) as x_sum_squares,
       whole(xy_sum_upper, xy_sum_lower) as xy_sum,
       z_sum,
       whole(z_sum_squares_upper, z_sum_squares_lower) as z_sum_squares,
       whole(yz_sum_upper, yz_sum_lower) as yz_sum,
       whole(dx_sum_upper, dx_sum_lower) as dx_sum,
       whole(dz_sum_upper, dz_sum_lower) as dz_sum,
       whole(xz_sum_upper, xz_sum_lower) as xz_sum,
       uncapped_sum,
       whole(uncapped_sum_squares_upper, uncapped_sum_squares_lower) as uncapped_sum_squares
from cumulative;

create or replace view cluster_statistics as
with keys as (
  select experiment, metric, variant, dimension, dimension_value, cluster, period,
         unnest(generate_series(min(day), max(last_day), interval 1 day))::date as day
  from cluster_increments join days_with_data using (experiment)
  group by experiment, metric, variant, dimension, dimension_value, cluster, period
)
select experiment, metric, variant, dimension, dimension_value, cluster, period, day, n, sum,
       whole(sum_squares_upper, sum_squares_lower) as sum_squares, den_n, den_sum
from (
  select experiment, metric, variant, dimension, dimension_value, cluster, period, k.day,
         cast(sum(coalesce(i.events, 0)) over w as bigint) as n,
         sum(coalesce(i.sum, 0)) over w as sum,
           sum(upper_part(i.sum_squares, i.wide_sums)) over w as sum_squares_upper,
         sum(lower_part(i.sum_squares)) over w as sum_squares_lower,
         cast(sum(coalesce(i.den_events, 0)) over w as bigint) as den_n,
         sum(coalesce(i.den_sum, 0)) over w as den_sum
  from keys k
  left join cluster_increments i
    using (experiment, metric, variant, dimension, dimension_value, cluster, period, day)
  window w as (partition by experiment, metric, variant, dimension, dimension_value, cluster, period
               order by k.day rows unbounded preceding)
);

create or replace view histograms as
with counts as (
  select experiment, metric, variant, dimension, dimension_value, cluster, period, day,
         unnest(buckets) as bucket, unnest(counts) as n
  from histogram_increments
  where dimension <> '*cohort'
), keys as (
  select experiment, metric, variant, dimension, dimension_value, cluster, period, bucket,
         unnest(generate_series(min(day), max(last_day), interval 1 day))::date as day
  from counts join days_with_data using (experiment)
  group by experiment, metric, variant, dimension, dimension_value, cluster, period, bucket
), cumulative as (
  select experiment, metric, variant, dimension, dimension_value, cluster, period, k.day, bucket,
         cast(sum(coalesce(c.n, 0)) over w as bigint) as n
  from keys k
  left join counts c using (experiment, metric, variant, dimension, dimension_value, cluster, period, bucket, day)
  window w as (partition by experiment, metric, variant, dimension, dimension_value, cluster, period, bucket
               order by k.day rows unbounded preceding)
)
select h.experiment, h.metric, h.variant, h.dimension, h.dimension_value, h.cluster, h.period, h.day, h.bucket,
       case when h.bucket = 0 then 0 when h.bucket > 0 then b.low else 1 - b.high end / power(10, m.value_scale)
         as bucket_low,
       case when h.bucket = 0 then 1 when h.bucket > 0 then b.high else 1 - b.low end / power(10, m.value_scale)
         as bucket_high,
       h.n
from cumulative h
join experiment_metrics m using (experiment, metric)
left join bucket_bounds b on b.bucket = abs(h.bucket)
where h.n <> 0;

create or replace view life_tables as
with known as (
  select feed, max(newest_millis) as newest_millis from accounting_rows
  where newest_millis > -9223372036854775808 group by feed
), days as (
  select experiment, day, life_bin_millis,
         least(elapsed_millis - 1, k.newest_millis - epoch_ms(f.start_at)) // life_bin_millis as last_bin
  from experiment_days join days_with_data using (experiment)
  join experiment_files f using (experiment) left join known k using (feed)
  where day between first_day and last_day
), ended as (
  select i.experiment, i.variant, i.origin, d.day, d.life_bin_millis, i.bin, i.kind as event_kind, i.n
  from life_increments i join days d on d.experiment = i.experiment and i.day <= d.day
  where i.kind <> 'entered'
), not_ended as (
  select i.experiment, i.variant, i.origin, d.day, d.life_bin_millis,
         greatest(d.last_bin - i.entry_bin, 0) as bin, 'censored' as event_kind,
         case when i.kind = 'entered' then i.n else -i.n end as n
  from life_increments i join days d on d.experiment = i.experiment and i.day <= d.day
)
select experiment, variant, origin, day, bin,
       bin * life_bin_millis / 3600000.0 as bin_start_hours,
       (bin + 1) * life_bin_millis / 3600000.0 as bin_end_hours,
       event_kind, cast(sum(n) as bigint) as n
from (from ended union all from not_ended)
group by experiment, variant, origin, day, bin, life_bin_millis, event_kind
having sum(n) <> 0;

create or replace view stock as
select experiment, kind, showroom, sku, variant, to_timestamp(at_millis / 1000.0) as at,
       case when kind = 'report' then on_hand end as on_hand,
       cast(sum(n) as bigint) as n,
       case when kind = 'preorder' then cast(sum(pieces) as double) / 1000000 end as pieces
from stock_increments
group by experiment, kind, showroom, sku, variant, at_millis, on_hand
having sum(n) <> 0;

create or replace view showrooms as
select feed, showroom, to_timestamp(newest_millis / 1000.0) as complete_through from showroom_progress;

create or replace view accounting as
select f.experiment, case when feed like 'live:%' then substr(feed, 6) else 'counting' end as job,
       a.source, a.received, a.counted, a.in_no_experiment, a.duplicates, a.conflicting_duplicates,
       a.dead_lettered, a.late, a.unknown_exposures,
       case when a.newest_millis > -9223372036854775808 then to_timestamp(a.newest_millis / 1000.0) end
         as newest_event_at
from experiment_files f join accounting_rows a using (feed);

create or replace view dead_letters as
select feed, case when feed like 'live:%' then substr(feed, 6) else 'counting' end as job,
       source, position, code, field, detail, record
from dead_letter_rows;

comment on view look_texts is 'What the digest of each row of as_known is of, beside the digest of the row before';
comment on view look_sources is 'Of each experiment, the Kafka cluster that its rows come from now (empty: a run), and what its file plans';
comment on view looks_at_these_data is 'The rows of as_known that are about the data that the database holds now, and whether its experiment file asks the same now';
comment on view standing_looks is 'The rows of as_known that are about the data and the plan that the database holds now';
comment on view days_with_data is 'First and last day of each experiment that any row is about, in its time zone';
comment on view experiments is 'What the experiment files say, one row each, with the days that there are data of';
comment on view variants is 'The arms of each experiment, in the order of its file';
comment on view dead_letters is 'Records that were set aside, with their bytes, their origin and a reason';
comment on view unit_statistics is
  'Exact sufficient statistics, cumulative as of the end of day; every key has a row for each day from the experiment''s first to its last day with data';
comment on column unit_statistics.experiment is 'experiment id';
comment on column unit_statistics.metric is
  'metric id; empty: the exposed units themselves; *mixed*: units seen with two variants; *late*: events of its time that came when the experiment was closed, counted for others alone';
comment on column unit_statistics.variant is 'variant id; empty for *mixed* and *late*';
comment on column unit_statistics.dimension is 'field name of the dimension; empty: all units';
comment on column unit_statistics.dimension_value is 'value on the first-exposure event; empty: all units, or none';
comment on column unit_statistics.day is 'day in the time zone of the experiment';
comment on column unit_statistics.n is 'units';
comment on column unit_statistics.events is 'matching events';
comment on column unit_statistics.sum is 'value y per unit, added up; fixed point: value x 10^scale, scale 0 for amounts and counts, 6 for decimals';
comment on column unit_statistics.sum_squares is 'y squared; value^2 x 10^(2 scale); null, as every sum of products here, where it has more than 128 bits';
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

comment on column experiments.experiment is 'experiment id';
comment on column experiments.name is 'title for people';
comment on column experiments.hypothesis is 'sentence; what the owner expects';
comment on column experiments.owner is 'who runs it';
comment on column experiments.analysis is 'comparison, ttl_speed, price_elasticity or preorder_walk_in';
comment on column experiments.unit is 'what was randomised: visitor, cache or showroom';
comment on column experiments.time_zone is 'IANA name; where its days begin and end';
comment on column experiments.currency is 'ISO 4217 code; null when the file has none';
comment on column experiments.correction is 'how p-values of several metrics are corrected';
comment on column experiments.monitoring is 'when looks are allowed: fixed, group_sequential or always_valid';
comment on column experiments.file is 'name of the experiment file';
comment on column experiments.start_at is 'instant; first exposures count from here';
comment on column experiments.end_at is 'instant; first exposures count before this';
comment on column experiments.observe_until is 'instant; outcomes count before this';
comment on column experiments.covariate_days is 'days';
comment on column experiments.alpha is 'two-sided error rate, 0 to 1';
comment on column experiments.feed is 'where its rows came from: live (the job counting), live:JOB, or the run that wrote them';
comment on column experiments.definition is 'the YAML text of the experiment file';
comment on column experiments.run_as_of is 'instant before which the run counted events (--as-of); null when it counted all, or when they come live';
comment on column experiments.first_day is 'first day with data, in the time zone of the experiment';
comment on column experiments.last_day is 'last day with data, in the time zone of the experiment';

comment on column variants.experiment is 'experiment id';
comment on column variants.variant is 'variant id';
comment on column variants.position is 'place in the experiment file, from 0';
comment on column variants.control is 'whether the others are compared with it';
comment on column variants.weight is 'planned share, relative to the other weights';
comment on column variants.price_minor is 'minor units of the currency of the experiment';
comment on column variants.ttl_seconds is 'seconds';
comment on column variants.allotment is 'pieces per drop';
comment on column variants.units is 'exposed units that saw only this variant';

comment on view metrics is 'How the sums of each metric are to be read: value = sum / 10^scale';
comment on column metrics.experiment is 'experiment id';
comment on column metrics.metric is 'metric id; with an asterisk what the analysis counts for itself';
comment on column metrics.type is 'mean, proportion, ratio, share or quantile';
comment on column metrics.role is 'primary, secondary or guardrail';
comment on column metrics.goal is 'which way is better: increase or decrease';
comment on column metrics.value_scale is 'decimal places of the sums of the value';
comment on column metrics.per_scale is 'decimal places of the sums of a ratio''s denominator; null for other metrics';

comment on view cluster_statistics is
  'Sums over the events of each cluster and period of cache and showroom experiments, cumulative as of the end of day; from the first day with data of the key to the last of the experiment';
comment on column cluster_statistics.experiment is 'experiment id';
comment on column cluster_statistics.metric is 'metric id; empty: all events of the unit';
comment on column cluster_statistics.variant is 'variant id';
comment on column cluster_statistics.dimension is 'field name of the dimension; empty: all events';
comment on column cluster_statistics.dimension_value is 'value on the event; empty: all events, or none';
comment on column cluster_statistics.cluster is 'the cache or showroom';
comment on column cluster_statistics.period is 'number of the switchback period since the start; 0 without periods';
comment on column cluster_statistics.day is 'day in the time zone of the experiment';
comment on column cluster_statistics.n is 'matching events; of a share or quantile those that carry the value';
comment on column cluster_statistics.sum is
  'value over the events, added up; of a share the events at most the threshold; value x 10^scale';
comment on column cluster_statistics.sum_squares is 'squares of the same values; value^2 x 10^(2 scale)';
comment on column cluster_statistics.den_n is 'matching events of the denominator of a ratio';
comment on column cluster_statistics.den_sum is 'denominator of a ratio, added up; value x 10^scale';

comment on view histograms is
  'Fixed log-bucket histograms of quantile metrics, cumulative as of the end of day; a bucket without events has no row';
comment on column histograms.experiment is 'experiment id';
comment on column histograms.metric is 'metric id';
comment on column histograms.variant is 'variant id';
comment on column histograms.dimension is 'field name of the dimension; empty: all';
comment on column histograms.dimension_value is 'of visitors the value on the first-exposure event, else on the event; empty: all, or none';
comment on column histograms.cluster is
  'the cache or showroom; of visitor experiments the number of the group of visitors';
comment on column histograms.period is 'number of the switchback period since the start; 0 without periods';
comment on column histograms.day is 'day in the time zone of the experiment';
comment on column histograms.bucket is 'number of the bucket: 0 holds zero, negative numbers hold negative values';
comment on column histograms.bucket_low is 'smallest value of the bucket, in the unit of the events'' field';
comment on column histograms.bucket_high is 'above all values of the bucket, in the unit of the events'' field';
comment on column histograms.n is 'events';

comment on view life_tables is
  'Time from entry to its end by variant, cumulative as of the end of day; over all kinds, n adds up to the units that entered';
comment on column life_tables.experiment is 'experiment id';
comment on column life_tables.variant is 'variant id';
comment on column life_tables.origin is 'what starts the clock: exposure, preorder or subscription';
comment on column life_tables.day is 'day in the time zone of the experiment';
comment on column life_tables.bin is 'bins from entry to the end';
comment on column life_tables.bin_start_hours is 'hours since entry';
comment on column life_tables.bin_end_hours is 'hours since entry';
comment on column life_tables.event_kind is
  'the end; censored: entered and not ended as of that day, in the bin of the last moment of the day, or of the newest event where that is earlier, counted from the start of the bin of entry';
comment on column life_tables.n is 'units';

comment on view stock is
  'Stock reports, and what visitors of an experiment with limited stock did in a showroom, minute by minute';
comment on column stock.experiment is 'experiment id';
comment on column stock.showroom is 'the showroom of the report or event';
comment on column stock.kind is
  'report: what is on hand; preorder; visit; turned_away: a visit to the page sold-out';
comment on column stock.sku is 'the product; empty for visits, and for preorders that name none';
comment on column stock.variant is
  'of a report the one that it carries, of an event its visitor''s; empty when there is none or two';
comment on column stock.at is 'instant of a report; of anything else the start of its minute';
comment on column stock.on_hand is 'pieces; null when it is not a report';
comment on column stock.n is 'events';
comment on column stock.pieces is 'pieces preordered; null when it is not a preorder';

comment on view showrooms is 'How far each showroom has synced, per feed';
comment on column showrooms.showroom is 'name of the showroom';
comment on column showrooms.feed is 'the run that saw it, live, or live:JOB';
comment on column showrooms.complete_through is 'instant; the largest event time seen from the showroom';

comment on view accounting is
  'What became of the records of each source: received = counted + in_no_experiment + duplicates + dead_lettered';
comment on column accounting.experiment is 'experiment id; every experiment of a run or job has the accounting of all its records';
comment on column accounting.job is 'the named job that counted the experiment; of a run, counting';
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

comment on column dead_letters.feed is 'the run that set it aside, live, or live:JOB';
comment on column dead_letters.job is 'the named job that set it aside; each job of the same topics has its own row';
comment on column dead_letters.source is 'a topic or a file';
comment on column dead_letters.position is 'line of the file from 1, or partition/offset';
comment on column dead_letters.code is 'machine-readable reason';
comment on column dead_letters.field is 'field that is wrong; null when the whole record is';
comment on column dead_letters.detail is 'what is wrong, for a person';
comment on column dead_letters.record is 'bytes as they came';

comment on table as_known is 'Append-only: what the report said at each look, and when';
comment on column as_known.experiment is 'experiment id';
comment on column as_known.as_of is 'instant; newest event time in the look';
comment on column as_known.known_at is 'instant; clock time of the look';
comment on column as_known.decision is 'verdict of the look: ship, roll_back, keep_running, review or blocked';
comment on column as_known.status is 'running or ended, at the look';
comment on column as_known.metric is 'metric id';
comment on column as_known.variant is 'variant id';
comment on column as_known.control is 'variant id of the control';
comment on column as_known.method is 'name of the method of the interval';
comment on column as_known.method_version is 'version of the methods at the look';
comment on column as_known.control_units is 'units that the verdict went by';
comment on column as_known.units is 'units that the verdict went by: where a look may decide, those whose outcome window is over';
comment on column as_known.estimate is 'difference to control, in units of the metric; null when not computable';
comment on column as_known.std_error is 'units of the metric';
comment on column as_known.ci_low is 'units of the metric; null when open or not computable';
comment on column as_known.ci_high is 'units of the metric; null when open or not computable';
comment on column as_known.matured_units is
  'units of all arms whose outcome window was over; null when an older version recorded the look';
comment on column as_known.planned_units is
  'units of all arms expected at the end; matured / planned is the information of the look';
comment on column as_known.kind is
  'look, or decision: the one snapshot when the grace for showrooms to sync was over; null when an older version recorded the look';
comment on column as_known.reasons is 'codes of the verdict''s reasons, apart by commas';
comment on column as_known.own_reasons is
  'codes of those reasons that are about this metric and this variant, apart by commas; null where not known';
comment on column as_known.source is
  'id of the Kafka cluster whose results the look saw; empty for a run over files, null where the version did not say';
comment on column as_known.plan is
  'digest of what the experiment file compared by which metrics at the look; null before version 8 of the store';
comment on column as_known.planned_end is 'instant; end of the exposures as it was planned at the look';
comment on column as_known.planned_observe_until is
  'instant; end of the outcomes as it was planned at the look; null before version 10 of the store';
comment on column as_known.number is 'of the row, in the order of writing, from 1 on; null before version 10 of the store';
comment on column as_known.digest is
  'MD5 of the digest of the row before and of the text of this one, see look_texts; null before version 10 of the store';
comment on column as_known.p_value is 'two-sided, 0 to 1, not adjusted';
