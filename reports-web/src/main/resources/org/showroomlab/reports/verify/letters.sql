insert into letters
select code, record, count(*) from stored.dead_letter_rows
where feed = ${feed} and code in ('clock_ahead', 'value_out_of_range')
group by code, record;

insert into said_dead select dead_lettered from stored.accounting_rows where feed = ${feed};
