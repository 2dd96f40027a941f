-- From the lines of the files to the valid ones (contract, section 1), whoever counted them.

-- One JSON object per record, and nothing around it. What is left of a record without its strings shows what DuckDB's
-- reader would let pass: commas before a closing bracket, NaN, Infinity.
create table readable as
select record, source, line, hash, text, skeleton
from (
  select *, regexp_replace(text, '"(?:[^"\\]|\\.)*"', '""', 'g') as skeleton
  from records
  where text is not null and json_valid(text)
)
where regexp_full_match(skeleton, '(?:[-+0-9.eE{}\[\]:,"\s]|true|false|null)*')
  and not regexp_matches(skeleton, ',\s*[}\]]')
  and regexp_matches(skeleton, '^\s*\{');

-- The same field twice in one object, at any depth: two readers could take it differently.
create table ambiguous as
select record from readable
where len(json_keys(text)) > len(list_distinct(json_keys(text)))
   or len(json_keys(text, '/exposures')) > len(list_distinct(json_keys(text, '/exposures')))
   or len(json_keys(text, '/attributes')) > len(list_distinct(json_keys(text, '/attributes')))
union
select record from (
  -- The innermost object that is open at a name: the last to have been opened at its depth.
  select record, token,
         max(case when token = '{' then place end) over (partition by record, depth order by place) as opened_at
  from (
    select *, sum(case token when '{' then 1 when '}' then -1 else 0 end)
                over (partition by record order by place) as depth
    from (
      select record, unnest(tokens) as token, generate_subscripts(tokens, 1) as place
      from (
        -- Not by DuckDB's own tree: its paths are as long as a record is deep, together their square.
        select record, regexp_extract_all(text, '[{}]|"(?:[^"\\]|\\.)*"\s*:?') as tokens
        from readable
        where length(skeleton) - length(replace(skeleton, '{', ''))
              > 1 + (json_type(text, '/exposures') is not distinct from 'OBJECT')::integer
                  + (json_type(text, '/attributes') is not distinct from 'OBJECT')::integer
      )
    )
  )
)
where ends_with(token, ':')
group by record, opened_at, json_extract_string(regexp_replace(token, '\s*:$', ''), '$')
having count(*) > 1;

-- Fields have their types; null stands for an absent one. What a field of another type of event holds does not matter.
create macro are_texts(types) as len(list_filter(types, lambda t: t not in ('VARCHAR', 'NULL'))) = 0;

create macro are_numbers(types) as
  len(list_filter(types, lambda t: t not in ('BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE', 'NULL'))) = 0;

create table well_typed as
select record, source, line, hash, text, skeleton
from readable
where record not in (from ambiguous)
  and are_texts(json_type(text, ['/type', '/id', '/showroom', '/region', '/market', '/creator', '/channel']))
  and case json_extract_string(text, '/type')
        when 'visit' then are_texts(json_type(text, ['/visitor', '/page']))
        when 'cache_timing' then
          are_texts(json_type(text, ['/cache', '/visitor', '/served_by', '/status']))
          and are_numbers(json_type(text, ['/ttl_seconds', '/ttfb_ms', '/fcp_ms', '/lcp_ms', '/inp_ms', '/cls']))
          and coalesce(json_type(text, '/failover') in ('BOOLEAN', 'NULL'), true)
        when 'purchase' then
          are_texts(json_type(text, ['/visitor', '/order', '/kind', '/sku', '/currency', '/plan']))
          and are_numbers(json_type(text, ['/quantity', '/amount_minor']))
        when 'stock' then are_texts(json_type(text, ['/sku'])) and are_numbers(json_type(text, ['/on_hand']))
      end
  and coalesce(json_type(text, '/exposures') in ('OBJECT', 'NULL'), true)
  and coalesce(json_type(text, '/attributes') in ('OBJECT', 'NULL'), true)
  and len(list_filter(json_type(text, '$.exposures.*'), lambda t: t <> 'VARCHAR')) = 0
  and len(list_filter(json_type(text, '$.attributes.*'),
        lambda t: t not in ('VARCHAR', 'BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE', 'NULL'))) = 0;

create macro fields_of(json) as
  from_json(with_quoted_numbers(json),
    '{"type": "VARCHAR", "id": "VARCHAR", "ts": "VARCHAR", "showroom": "VARCHAR", "region": "VARCHAR",
      "market": "VARCHAR", "creator": "VARCHAR", "channel": "VARCHAR", "visitor": "VARCHAR", "page": "VARCHAR",
      "cache": "VARCHAR", "served_by": "VARCHAR", "status": "VARCHAR", "failover": "VARCHAR", "order": "VARCHAR",
      "kind": "VARCHAR", "sku": "VARCHAR", "currency": "VARCHAR", "plan": "VARCHAR", "ttl_seconds": "VARCHAR",
      "ttfb_ms": "VARCHAR", "fcp_ms": "VARCHAR", "lcp_ms": "VARCHAR", "inp_ms": "VARCHAR", "cls": "VARCHAR",
      "quantity": "VARCHAR", "amount_minor": "VARCHAR", "on_hand": "VARCHAR", "attributes": "VARCHAR"}');

create table fields as
select record, source, line, hash, text, json_type(text, '/ts') as ts_type, unnest(fields_of(text))
from well_typed;

-- What each type of event has to carry, and the values that are allowed. A field of another type of event is unknown
-- to this one, and ignored.
create table valid as
select record, source, line, hash, type, id,
       case when ts_type = 'VARCHAR' then instant_millis(ts)
            when regexp_full_match(ts, '-?[0-9]{1,18}') then ts::bigint end as ts,
       showroom, region, market, creator, channel,
       case when type <> 'stock' then visitor end as visitor,
       case when type = 'visit' then page end as page,
       case when type = 'cache_timing' then cache end as cache,
       case when type = 'cache_timing' then served_by end as served_by,
       case when type = 'cache_timing' then status end as status,
       case when type = 'cache_timing' then failover end as failover,
       case when type = 'cache_timing'
            then (coalesce(failover = 'true', false) or coalesce(nullif(served_by, '') <> cache, false))::varchar
       end as "*served_elsewhere",
       case when type = 'cache_timing' then micros(ttl_seconds) end as ttl_seconds,
       case when type = 'cache_timing' then micros(ttfb_ms) end as ttfb_ms,
       case when type = 'cache_timing' then micros(fcp_ms) end as fcp_ms,
       case when type = 'cache_timing' then micros(lcp_ms) end as lcp_ms,
       case when type = 'cache_timing' then micros(inp_ms) end as inp_ms,
       case when type = 'cache_timing' then micros(cls) end as cls,
       case when type = 'purchase' then "order" end as "order",
       case when type = 'purchase' then kind end as kind,
       case when type = 'purchase' then plan end as plan,
       case when type = 'purchase' then currency end as currency,
       case when type = 'purchase' then micros(coalesce(quantity, '1')) end as quantity,
       case when type = 'purchase' then whole(amount_minor) end as amount_minor,
       case when type in ('purchase', 'stock') then sku end as sku,
       case when type = 'stock' then whole(on_hand) end as on_hand,
       case when json_type(text, '/exposures') = 'OBJECT' then json_extract(text, '/exposures') end as exposures
       ${attribute_columns}
from fields
where type in ('visit', 'cache_timing', 'purchase', 'stock')
  and length(id) between 1 and 64
  and length(showroom) > 0
  and not has_endless_attribute(text)
  and coalesce(market in (from countries), true)
  and coalesce(channel in ('online', 'walk_in'), true)
  and case when ts_type = 'VARCHAR' then coalesce(instant_millis(ts) between 0 and 253402300799999, false)
           else ts_type in ('BIGINT', 'UBIGINT') and regexp_full_match(ts, '-?[0-9]{1,18}')
                and try_cast(ts as bigint) between 0 and 253402300799999 end
  and case type
        when 'visit' then coalesce(length(visitor) > 0, false)
        when 'cache_timing' then
          coalesce(length(cache) > 0, false)
          and coalesce(length(visitor) > 0, true)
          and coalesce(status in ('hit', 'miss', 'stale', 'bypass'), true)
          and len(list_filter([ttl_seconds, ttfb_ms, fcp_ms, lcp_ms, inp_ms, cls],
                lambda n: n is not null and (is_negative(n) or not fits_64_bits(micros(n))))) = 0
        when 'purchase' then
          coalesce(length(visitor) > 0 and length("order") > 0, false)
          and coalesce(kind in ('preorder', 'pickup', 'sale', 'subscription', 'renewal', 'cancellation', 'refund',
                                'no_show'), false)
          and coalesce(currency in (from currencies), true)
          and (quantity is null or fits_64_bits(micros(quantity)))
          and (amount_minor is null or whole(amount_minor) is not null)
        when 'stock' then coalesce(length(sku) > 0 and whole(on_hand) is not null, false)
      end;

-- What a live job says of records that its clock or its metrics refused; of a run the events say all.
create table letters (code varchar, bytes blob, copies bigint);

create table said_dead (records bigint);

-- Records that are an exposure or an outcome of an experiment; filled experiment by experiment.
create table counted (record bigint);

create table known_variants (experiment varchar, variant varchar);

create table accounting (
  feed varchar, source varchar, received bigint, counted bigint, in_no_experiment bigint, duplicates bigint,
  conflicting_duplicates bigint, dead_lettered bigint, late bigint, unknown_exposures bigint, newest_millis bigint
);

-- LogBuckets' doc: b_1 = 1 and b_(i+1) = floor(b_i * 51/50) + 1, as long as they fit 63 bits; bucket 0 holds 0.
create table buckets as
with recursive bound(bucket, lower_bound) as (
  select 1, 1::hugeint
  union all
  select bucket + 1, lower_bound * 51 // 50 + 1 from bound
  where lower_bound * 51 // 50 + 1 <= 9223372036854775807::hugeint
)
select bucket, lower_bound from bound
union all
select 0, 0::hugeint;
