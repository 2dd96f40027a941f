-- Numbers as the contract reads them: exactly, from their digits, rounded half-even to so many decimal places.

-- The record with every number in quotes, so that its digits survive the reading: DuckDB itself would read a double.
create macro with_quoted_numbers(json) as
  regexp_replace(json, '"((?:[^"\\]|\\.)*)"|(-?[0-9][0-9.eE+\-]*)', '"\1\2"', 'g');

-- All digits of a number as written, without leading zeros; empty for zero.
create macro digits_of(number) as
  ltrim(replace(regexp_extract(number, '^-?([0-9]+(?:\.[0-9]+)?)', 1), '.', ''), '0');

-- An exponent of any length; one that no digits of a record can make up for is as good as any other such exponent.
create macro bounded(exponent) as
  case when exponent = '' then 0
       else greatest(-1000000000000000000, least(1000000000000000000,
         coalesce(try_cast(exponent as bigint),
           case when starts_with(exponent, '-') then -1000000000000000000 else 1000000000000000000 end)))
  end;

-- How many of those digits stand behind the decimal point once the exponent is applied.
create macro places_of(number) as
  length(regexp_extract(number, '\.([0-9]+)', 1))
  - bounded(ltrim(regexp_extract(number, '[eE]([-+]?[0-9]+)$', 1), '+'));

-- The digits without the last `cut` of them, rounded half-even.
create macro without_last(digits, cut) as
  coalesce(try_cast(nullif(left(digits, length(digits) - cut), '') as hugeint), 0)
  + case
      when right(digits, cut) > '5' || repeat('0', cut - 1) then 1
      when right(digits, cut) = '5' || repeat('0', cut - 1)
        then coalesce(try_cast(right(left(digits, length(digits) - cut), 1) as integer), 0) % 2
      else 0
    end;

create macro magnitude(digits, places, wanted) as
  case
    when digits = '' then 0::hugeint
    when length(digits) - places > 31 then null
    when length(digits) - places < -wanted then 0::hugeint
    when places <= wanted then cast(digits || repeat('0', wanted - places) as hugeint)
    else without_last(digits, places - wanted)
  end;

-- The number times a million; null when there is none, or when it has more than 31 digits before the point.
create macro micros(number) as
  case
    when number is null then null
    when regexp_full_match(number, '-?[0-9]{1,12}(\.[0-9]{1,6})?')
      then cast(cast(number as decimal(24, 6)) * 1000000::decimal(7, 0) as hugeint)
    when starts_with(number, '-') then -magnitude(digits_of(number), places_of(number), 6)
    else magnitude(digits_of(number), places_of(number), 6)
  end;

create macro is_negative(number) as starts_with(number, '-') and digits_of(number) <> '';

-- Of either sign.
create macro fits_64_bits(value) as
  value is not null and value between -9223372036854775807::hugeint and 9223372036854775807::hugeint;

-- Whether an attribute has more than a billion digits before the point.
create macro has_endless_attribute(json) as
  coalesce(len(list_filter(json_extract(json, '$.attributes.*'),
    lambda v: json_type(v) in ('BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE')
      and digits_of(v::varchar) <> ''
      and length(digits_of(v::varchar)) - places_of(v::varchar) > 1000000000)) > 0, false);

-- Whether an attribute has a number that does not fit 64 bits.
create macro has_wide_attribute(json) as
  coalesce(len(list_filter(json_extract(json, '$.attributes.*'),
    lambda v: json_type(v) in ('BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE')
      and not fits_64_bits(micros(v::varchar)))) > 0, false);

-- Products, as narrow as DuckDB makes them fast; and as wide as they need be, where it can only add: of the parts before
-- and after the fifteenth digit.
create or replace macro in_128_bits(a, b) as a * b;
create or replace macro followed_by_zeros(number, zeros) as (number::varchar || repeat('0', zeros))::bignum;
create or replace macro of_any_width(a, b) as
  followed_by_zeros((a // 1000000000000000) * (b // 1000000000000000), 30)
  + followed_by_zeros(
      (a // 1000000000000000) * (b % 1000000000000000) + (a % 1000000000000000) * (b // 1000000000000000), 15)
  + ((a % 1000000000000000) * (b % 1000000000000000))::bignum;

-- An amount: an integer from 0 to 2^63 - 1, however it is written; null when it is anything else.
create macro whole(number) as
  case
    when not is_negative(number) and fits_64_bits(magnitude(digits_of(number), places_of(number), 0))
         and length(rtrim(digits_of(number), '0')) - length(digits_of(number)) + places_of(number) <= 0
      then cast(magnitude(digits_of(number), places_of(number), 0) as bigint)
    when digits_of(number) = '' then 0
  end;

-- The shortest way to write a number of millionths.
create macro plain(millionths) as
  case when millionths < 0 then '-' else '' end
  || cast(abs(millionths) // 1000000 as varchar)
  || case when millionths % 1000000 = 0 then ''
          else '.' || rtrim(lpad(cast(abs(millionths) % 1000000 as varchar), 6, '0'), '0') end;

-- Epoch milliseconds of an RFC 3339 instant; null when it is none, or not of the years 1970 to 9999.
create macro instant_pattern() as
  '[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?([Zz]|[-+]([01][0-9]|2[0-3]):[0-5][0-9])';

create macro offset_millis(text) as
  case
    when upper(right(text, 1)) = 'Z' then 0
    else (case when left(right(text, 6), 1) = '-' then -1 else 1 end)
      * (left(right(text, 5), 2)::bigint * 3600000 + right(text, 2)::bigint * 60000)
  end;

create macro instant_millis(text) as
  case
    when regexp_full_match(text, instant_pattern()) then
      (try_cast(left(text, 10) as date) - date '1970-01-01') * 86400000::bigint
      + substr(text, 12, 2)::bigint * 3600000
      + substr(text, 15, 2)::bigint * 60000
      + substr(text, 18, 2)::bigint * 1000
      + cast(rpad(left(regexp_extract(text, '^.{19}\.([0-9]*)', 1), 3), 3, '0') as bigint)
      - offset_millis(text)
  end;
