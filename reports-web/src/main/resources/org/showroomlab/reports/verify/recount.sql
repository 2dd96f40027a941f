-- The tables of docs/TABLES.md as this recomputation fills them. Histograms have one row per bucket here, and sums of
-- products are as wide as they need be.

create table unit_increments (
  experiment varchar, metric varchar, variant varchar, dimension varchar, dimension_value varchar, day date,
  n bigint, events bigint, sum hugeint, sum_squares bignum, den_sum hugeint, den_sum_squares bignum,
  cross_sum bignum, x_sum hugeint, x_sum_squares bignum, xy_sum bignum, z_sum hugeint, z_sum_squares bignum,
  yz_sum bignum, dx_sum bignum, dz_sum bignum, xz_sum bignum, uncapped_sum hugeint, uncapped_sum_squares bignum);

create table cluster_increments (
  experiment varchar, metric varchar, variant varchar, dimension varchar, dimension_value varchar, cluster varchar,
  period bigint, day date, events bigint, sum hugeint, sum_squares bignum, den_events bigint, den_sum hugeint);

create table histogram_increments (
  experiment varchar, metric varchar, variant varchar, dimension varchar, dimension_value varchar, cluster varchar,
  period bigint, day date, bucket integer, count bigint);

create table life_increments (
  experiment varchar, variant varchar, origin varchar, entry_bin bigint, kind varchar, bin bigint, day date, n bigint);

create table stock_increments (
  experiment varchar, kind varchar, showroom varchar, sku varchar, variant varchar, at_millis bigint, on_hand bigint,
  day date, n bigint, pieces hugeint);

-- What the experiment files say.
create table experiment_files (
  experiment varchar, name varchar, hypothesis varchar, owner varchar, analysis varchar, unit varchar,
  start_millis bigint, end_millis bigint, observe_until_millis bigint, time_zone varchar, currency varchar,
  covariate_days integer, alpha double, correction varchar, monitoring varchar);

create table experiment_variants (
  experiment varchar, variant varchar, position integer, control boolean, weight double, price_minor bigint,
  ttl_seconds bigint, allotment bigint);

create table experiment_metrics (
  experiment varchar, metric varchar, type varchar, role varchar, goal varchar, value_scale integer,
  per_scale integer);

create table experiment_days (experiment varchar, day date, elapsed_millis bigint, life_bin_millis bigint);

-- What was set aside, and how far each showroom is, by who counted it.
create table dead (feed varchar, source varchar, line bigint, code varchar, field varchar, record varchar);

create table progress (feed varchar, showroom varchar, newest_millis bigint);

create table unread (feed varchar, record varchar);
