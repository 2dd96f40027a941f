-- The days of one experiment on which something can happen.
create or replace temp table days as select day, starts_at from calendar where starts_at < ends_at;
