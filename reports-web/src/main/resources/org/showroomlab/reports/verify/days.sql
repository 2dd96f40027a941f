-- The days of one experiment on which something can happen.
create or replace temp table days as select day, starts_at from calendar where starts_at < ends_at;

-- How much of the experiment is over when a day ends, also a day that the time zone skipped.
insert into experiment_days
select ${experiment}, day, least(ends_at, ${observe_until}) - ${start}, ${bin_millis} from calendar;
