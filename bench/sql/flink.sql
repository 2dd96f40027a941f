-- What an engineer in a hurry would write. Less than the whole answer: identities by the smaller ts, first exposure, mixed
-- units, window, cap and one dimension, but only as of now; the series of days would need every visitor's state per day.
CREATE TABLE deliveries (
  `type` STRING, `id` STRING, `ts` BIGINT, `region` STRING, `visitor` STRING, `kind` STRING, `quantity` BIGINT,
  `amount_minor` BIGINT, `exposures` MAP<STRING, STRING>
) WITH (
  'connector' = 'kafka', 'topic' = 'visits;purchases', 'properties.bootstrap.servers' = '@BROKERS@',
  'properties.group.id' = 'flink-sql', 'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset',
  'format' = 'json', 'json.ignore-parse-errors' = 'true'
);
CREATE TABLE answer (
  `variant` STRING, `region` STRING, `n` BIGINT, `y1` BIGINT, `y2` BIGINT, `yy2` BIGINT, `y3` BIGINT, `yy3` BIGINT,
  `d3` BIGINT, `dd3` BIGINT, `yd3` BIGINT
) WITH ('connector' = 'blackhole');
CREATE TEMPORARY VIEW events AS
SELECT `type`, `id`, `ts`, `region`, `visitor`, `kind`, `quantity`, `amount_minor`, `variant`
FROM (
  SELECT `type`, `id`, `ts`, `region`, `visitor`, `kind`, COALESCE(`quantity`, 1) AS `quantity`, `amount_minor`,
         `exposures`['bench-10'] AS `variant`,
         ROW_NUMBER() OVER (PARTITION BY `type`, `id` ORDER BY `ts`) AS place
  FROM deliveries
)
WHERE place = 1;
CREATE TEMPORARY VIEW exposures AS
SELECT `visitor`, `ts`, `region`, `variant`
FROM events
WHERE `variant` IN ('p499', 'p599') AND `ts` >= 1767571200000 AND `ts` < 1775347200000;
CREATE TEMPORARY VIEW exposed AS
SELECT f.`visitor`, f.`ts` AS first_ts, f.`region`, f.`variant`
FROM (
  SELECT `visitor`, `ts`, `region`, `variant`, ROW_NUMBER() OVER (PARTITION BY `visitor` ORDER BY `ts`) AS place
  FROM exposures
) f
JOIN (
  SELECT `visitor`, MIN(`variant`) AS a, MAX(`variant`) AS b FROM exposures GROUP BY `visitor`
) m ON f.`visitor` = m.`visitor`
WHERE f.place = 1 AND m.a = m.b;
CREATE TEMPORARY VIEW units AS
SELECT x.`visitor`, MAX(x.`variant`) AS `variant`, MAX(x.`region`) AS `region`,
       CAST(MAX(CASE WHEN p.`kind` = 'subscription' THEN 1 ELSE 0 END) AS BIGINT) AS y1,
       LEAST(SUM(CASE WHEN p.`ts` >= x.first_ts + 2592000000 OR p.`kind` IS NULL THEN 0
                      WHEN p.`kind` = 'refund' THEN -p.`amount_minor` ELSE p.`amount_minor` END), 10000) AS y2,
       SUM(CASE WHEN p.`kind` = 'sale' THEN p.`amount_minor` ELSE 0 END) AS y3,
       SUM(CASE WHEN p.`kind` = 'sale' THEN p.`quantity` ELSE 0 END) AS d3
FROM exposed x
LEFT JOIN (SELECT * FROM events WHERE `type` = 'purchase' AND `ts` < 1776556800000) p
  ON x.`visitor` = p.`visitor` AND p.`ts` >= x.first_ts
GROUP BY x.`visitor`;
INSERT INTO answer
SELECT `variant`, `region`, COUNT(*), SUM(y1), SUM(y2), SUM(y2 * y2), SUM(y3), SUM(y3 * y3), SUM(d3), SUM(d3 * d3),
       SUM(y3 * d3)
FROM units
GROUP BY GROUPING SETS ((`variant`), (`variant`, `region`));
