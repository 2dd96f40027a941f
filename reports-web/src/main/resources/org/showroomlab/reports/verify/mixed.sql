-- "metric *mixed* (variant '') counts mixed units, on the day of the first exposure to a second variant".
insert into unit_increments
select ${experiment}, '*mixed*', '', '', '', mixed_day, count(*), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
from units where mixed_day is not null
group by mixed_day;
