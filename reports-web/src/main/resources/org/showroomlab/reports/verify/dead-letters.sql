-- Records that are no events, and why, where all that is wrong with one is wrong for the same reason. Of two reasons the
-- one that is named is the reader's choice: the code is null. So is the field where it could be another one, or be said
-- more closely: of a number beyond 64 bits by the metric that reads it, of an entry with an unusual name by its spelling.

create or replace table dead_records as
select * from records where record not in (from left_out) and record not in (select record from deliveries);

create or replace table dead_texts as
select record, source, line, text, regexp_replace(text, '"(?:[^"\\]|\\.)*"', '""', 'g') as skeleton
from dead_records where text is not null and record not in (from unreadable) and record not in (from ahead);

-- An object that cannot be read to its end may name a field twice before that. Where it breaks is not known, so any text
-- that stands twice between quotes may be such a name; escapes hide what stands there.
create or replace macro texts_in(json) as
  list_filter(regexp_extract_all(json, '[^"]+'),
    lambda t: not (regexp_full_match(t, '(?:[-+0-9.eE{}\[\]:,\s]|true|false|null)*') and regexp_matches(t, '[{}\[\]:,]')));

create or replace macro may_name_twice(json) as
  contains(json, '\') or regexp_matches(json, '"".*""') or len(texts_in(json)) > len(list_distinct(texts_in(json)));

create or replace macro text_defect(json_type, value, is_required) as
  case when json_type not in ('VARCHAR', 'NULL') then 'wrong_type'
       when value is null and is_required then 'missing_field'
       when value = '' and is_required then 'out_of_range' end;

create or replace macro number_defect(json_type, is_beyond) as
  case when json_type not in ('BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE', 'NULL') then 'wrong_type'
       when is_beyond then 'out_of_range' end;

create or replace macro measured_defect(json_type, value) as
  number_defect(json_type, value is not null and (is_negative(value) or not fits_64_bits(micros(value))));

create or replace macro amount_defect(json_type, value) as
  coalesce(
    number_defect(json_type, value is not null and (is_negative(value) or not fits_64_bits(
      magnitude(digits_of(value), places_of(value), 0)))),
    case when value is not null and json_type <> 'NULL' and whole(value) is null then 'wrong_type' end);

-- Of several entries of a map that are of a wrong type the last one is named.
create or replace macro last_but(names, types, allowed) as
  list_filter(list_zip(names, types), lambda e: e[2] not in allowed)[-1][1];

create or replace macro plainly(name) as case when regexp_full_match(name, '[A-Za-z0-9_.-]*') then name end;

create or replace table judged as
select record, text,
       json_extract_string(text, '/type') in ('visit', 'cache_timing', 'purchase', 'stock')
         and json_type(text, '/type') = 'VARCHAR' as is_known,
       unnest(fields_of(text))
from dead_texts
where record in (select record from readable) and record not in (from ambiguous);

create or replace table defects as
select record, unnest([
  coalesce(text_defect(json_type(text, '/type'), type, true), case when not is_known then 'unknown_type' end),
  coalesce(text_defect(json_type(text, '/id'), id, true), case when length(id) > 64 then 'out_of_range' end),
  case when coalesce(json_type(text, '/ts'), 'NULL') = 'NULL' then 'missing_field'
       when json_type(text, '/ts') = 'VARCHAR' and instant_millis(ts) between 0 and 253402300799999 then null
       when json_type(text, '/ts') in ('BIGINT', 'UBIGINT') and regexp_full_match(ts, '-?[0-9]{1,18}')
            and try_cast(ts as bigint) between 0 and 253402300799999 then null
       else 'bad_timestamp' end,
  text_defect(json_type(text, '/showroom'), showroom, true),
  text_defect(json_type(text, '/region'), region, false),
  text_defect(json_type(text, '/creator'), creator, false),
  coalesce(text_defect(json_type(text, '/market'), market, false),
           case when market not in (from countries) then 'not_allowed' end),
  coalesce(text_defect(json_type(text, '/channel'), channel, false),
           case when channel not in ('online', 'walk_in') then 'not_allowed' end),
  case when json_type(text, '/exposures') not in ('OBJECT', 'NULL')
         or len(list_filter(json_type(text, '$.exposures.*'), lambda t: t <> 'VARCHAR')) > 0 then 'wrong_type' end,
  case when json_type(text, '/attributes') not in ('OBJECT', 'NULL')
         or len(list_filter(json_type(text, '$.attributes.*'),
              lambda t: t not in ('VARCHAR', 'BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE', 'NULL'))) > 0
       then 'wrong_type' end,
  case when json_type(text, '/attributes') = 'OBJECT' and has_endless_attribute(text) then 'out_of_range' end
]) as code, unnest([
  'type', 'id', 'ts', 'showroom', 'region', 'creator', 'market', 'channel',
  case when json_type(text, '/exposures') <> 'OBJECT' then 'exposures'
       else 'exposures.'
         || plainly(last_but(json_keys(text, '/exposures'), json_type(text, '$.exposures.*'), ['VARCHAR'])) end,
  case when json_type(text, '/attributes') <> 'OBJECT' then 'attributes'
       else 'attributes.'
         || plainly(last_but(json_keys(text, '/attributes'), json_type(text, '$.attributes.*'),
              ['VARCHAR', 'BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE', 'NULL'])) end,
  null
]) as field
from judged
union all
select record, unnest([
  text_defect(json_type(text, '/visitor'), visitor, true),
  text_defect(json_type(text, '/page'), page, false)
]), unnest(['visitor', 'page']) from judged where is_known and type = 'visit'
union all
select record, unnest([
  text_defect(json_type(text, '/cache'), cache, true),
  coalesce(text_defect(json_type(text, '/visitor'), visitor, false),
           case when visitor = '' then 'out_of_range' end),
  text_defect(json_type(text, '/served_by'), served_by, false),
  coalesce(text_defect(json_type(text, '/status'), status, false),
           case when status not in ('hit', 'miss', 'stale', 'bypass') then 'not_allowed' end),
  case when json_type(text, '/failover') not in ('BOOLEAN', 'NULL') then 'wrong_type' end,
  measured_defect(json_type(text, '/ttl_seconds'), ttl_seconds),
  measured_defect(json_type(text, '/ttfb_ms'), ttfb_ms),
  measured_defect(json_type(text, '/fcp_ms'), fcp_ms),
  measured_defect(json_type(text, '/lcp_ms'), lcp_ms),
  measured_defect(json_type(text, '/inp_ms'), inp_ms),
  measured_defect(json_type(text, '/cls'), cls)
]), unnest([
  'cache', 'visitor', 'served_by', 'status', 'failover', 'ttl_seconds', 'ttfb_ms', 'fcp_ms', 'lcp_ms', 'inp_ms', 'cls'
]) from judged where is_known and type = 'cache_timing'
union all
select record, unnest([
  text_defect(json_type(text, '/visitor'), visitor, true),
  text_defect(json_type(text, '/order'), "order", true),
  coalesce(text_defect(json_type(text, '/kind'), kind, true),
           case when kind not in ('preorder', 'pickup', 'sale', 'subscription', 'renewal', 'cancellation', 'refund',
                                  'no_show') then 'not_allowed' end),
  text_defect(json_type(text, '/sku'), sku, false),
  text_defect(json_type(text, '/plan'), plan, false),
  coalesce(text_defect(json_type(text, '/currency'), currency, false),
           case when currency not in (from currencies) then 'not_allowed' end),
  number_defect(json_type(text, '/quantity'), quantity is not null and not fits_64_bits(micros(quantity))),
  amount_defect(json_type(text, '/amount_minor'), amount_minor)
]), unnest([
  'visitor', 'order', 'kind', 'sku', 'plan', 'currency', 'quantity', 'amount_minor'
]) from judged where is_known and type = 'purchase'
union all
select record, unnest([
  text_defect(json_type(text, '/sku'), sku, true),
  coalesce(amount_defect(json_type(text, '/on_hand'), on_hand), case when on_hand is null then 'missing_field' end)
]), unnest(['sku', 'on_hand']) from judged where is_known and type = 'stock'
union all
select record, case when is_long then 'record_too_large' else 'malformed_json' end, 'no field'
from dead_records where text is null
union all
select record, 'value_out_of_range', null from unreadable
union all
select record, 'clock_ahead', 'ts' from ahead
union all
select record, 'duplicate_field', 'no field' from dead_texts where record in (from ambiguous)
union all
select record, case when starts_with(ltrim(text), '{') then 'malformed_json' else 'not_an_object' end, 'no field'
from dead_texts
where record not in (select record from readable)
  and case when starts_with(ltrim(text), '{') then not may_name_twice(text)
           else json_valid(text) and regexp_full_match(skeleton, '(?:[-+0-9.eE{}\[\]:,"\s]|true|false|null)*')
                and not regexp_matches(skeleton, ',\s*[}\]]') end;

-- A record may be long: what tells it from any other.
create or replace macro told_apart(bytes) as octet_length(bytes) || ' bytes, SHA-256 ' || sha256(bytes);

create or replace macro at_most(bytes, n) as case when octet_length(bytes) <= n then bytes else bytes[1:n] end;

-- What is a text is kept as one, and its bytes are those of the line.
create or replace table dead_lines as
select source, line, any_value(d.code) as code, any_value(d.field) as field,
       any_value(told_apart(at_most(coalesce(bytes, encode(text)), ${letter_bytes}))) as record
from dead_records
left join (select record, case when count(distinct code) = 1 then min(code) end as code,
                  case when count(*) = 1 then min(field) end as field
           from defects where code is not null group by record) d using (record)
group by source, line
union all
select 'topics', null, code, null, told_apart(bytes) from (select code, bytes, unnest(range(copies)) from letters)
where code = 'empty_record';

-- Letters of an earlier submission of a live job stay. Its metrics may have been others, so numbers that none reads now
-- may have been read then.
create or replace table unread_since as
select distinct told_apart(l.bytes) as record
from letters l join well_typed w on encode(w.text) = l.bytes
where l.code = 'value_out_of_range' and w.record in (select record from deliveries) and has_wide_attribute(w.text);
