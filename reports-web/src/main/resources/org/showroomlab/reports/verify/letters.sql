insert into letters
select code, record, count(*) from stored.dead_letter_rows
where feed = ${feed}
  and (code in ('clock_ahead', 'value_out_of_range')
       -- A topic may have records without anything in them, files have lines that are no records.
       or code = 'empty_record' and regexp_full_match(hex(record), '(20|09|0A|0D)*'))
group by code, record;

insert into said_dead select dead_lettered from stored.accounting_rows where feed = ${feed};
