package org.showroomlab.jobs.results;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Result rows as JSON, one object per row with its kind under {@code row}; exact integers stay integers. */
public final class ResultCodec {
    /** A record that was set aside may be of any length. */
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    /** The job whose rows name none: one that counts every experiment. */
    public static final String DEFAULT_JOB = "counting";

    private ResultCodec() {}

    /**
     * The key of a row in the topic of results. Jobs that count side by side each keep an accounting, dead letters and
     * progress of their own, so the newest row of one job must not replace that of another.
     */
    public static String key(String job, ResultRow row) {
        return job + "\u001f" + row.rowKey();
    }

    public static byte[] encode(ResultRow row) {
        return written(row).bytes();
    }

    /** The same, said by a job. */
    public static byte[] encode(String job, ResultRow row) {
        return written(row).put("job", job).bytes();
    }

    /** The same, said by a job in the life with this id of Flink's. */
    public static byte[] encode(String job, String jobId, ResultRow row) {
        return written(row).put("job", job).put("job_id", jobId).bytes();
    }

    /** The same with a stamp. */
    public static byte[] encode(String job, ResultRow row, Stamp stamp) {
        return written(row)
                .put("job", job)
                .put("epoch", stamp.epoch())
                .put("key_group", stamp.keyGroup())
                .put("job_id", stamp.jobId())
                .put("begun_at_millis", stamp.begunAtMillis())
                .bytes();
    }

    private static RowJson written(ResultRow row) {
        RowJson json = new RowJson(JSON);
        if (row instanceof UnitStatistic statistic) {
            write(statistic, json);
        } else if (row instanceof ClusterStatistic statistic) {
            write(statistic, json);
        } else if (row instanceof HistogramCounts histogram) {
            write(histogram, json);
        } else if (row instanceof LifeTableCount count) {
            write(count, json);
        } else if (row instanceof StockCount count) {
            write(count, json);
        } else if (row instanceof ShowroomProgress progress) {
            json.put("row", "showroom_progress")
                    .put("showroom", progress.showroom())
                    .put("newest_millis", progress.newestMillis());
        } else if (row instanceof AccountingRow accounting) {
            write(accounting, json);
        } else if (row instanceof DeadLetterRow letter) {
            write(letter, json);
        } else if (row instanceof RolledBack back) {
            json.put("row", "rolled_back")
                    .put("first_key_group", back.firstKeyGroup())
                    .put("last_key_group", back.lastKeyGroup())
                    .put("checkpoint", back.checkpoint())
                    .put("at_millis", back.atMillis())
                    .put("attempt", back.attempt())
                    .put("job_id", back.jobId())
                    .putExperiments("experiments", back.experiments());
        } else if (row instanceof Cut cut) {
            json.put("row", "cut")
                    .put("first_key_group", cut.firstKeyGroup())
                    .put("last_key_group", cut.lastKeyGroup())
                    .put("subtasks", cut.subtasks())
                    .put("at_millis", cut.atMillis())
                    .put("job_id", cut.jobId())
                    .put("through_millis", cut.throughMillis());
        } else if (row instanceof Settled settled) {
            json.put("row", "settled")
                    .put("first_key_group", settled.firstKeyGroup())
                    .put("last_key_group", settled.lastKeyGroup())
                    .put("checkpoint", settled.checkpoint())
                    .put("job_id", settled.jobId());
        }
        return json;
    }

    /**
     * The row that these bytes hold.
     *
     * @throws IllegalArgumentException when they hold none
     */
    public static ResultRow decode(byte[] bytes) {
        return row(tree(bytes));
    }

    /**
     * A row with the job that said it, and its stamp, if it has one.
     *
     * @param jobId Flink's id of the job; empty where the row does not say it
     */
    public record Stamped(String job, String jobId, ResultRow row, Optional<Stamp> stamp) {}

    /**
     * The row that these bytes hold, its job and its stamp.
     *
     * @throws IllegalArgumentException when they hold none
     */
    public static Stamped decodeStamped(byte[] bytes) {
        JsonNode node = tree(bytes);
        Optional<Stamp> stamp = node.has("epoch")
                ? Optional.of(new Stamp(
                        node.path("epoch").longValue(),
                        node.path("key_group").intValue(),
                        node.path("job_id").asText(""),
                        node.path("begun_at_millis").longValue()))
                : Optional.empty();
        return new Stamped(
                node.path("job").asText(DEFAULT_JOB), node.path("job_id").asText(""), row(node), stamp);
    }

    private static JsonNode tree(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a result row", e);
        }
    }

    private static ResultRow row(JsonNode node) {
        try {
            return switch (node.path("row").asText()) {
                case "unit_statistic" -> statistic(node);
                case "cluster_statistic" -> clusterStatistic(node);
                case "histogram" -> histogram(node);
                case "life_table" -> lifeTable(node);
                case "stock" -> stock(node);
                case "showroom_progress" ->
                    new ShowroomProgress(
                            node.path("showroom").asText(),
                            node.path("newest_millis").longValue());
                case "accounting" -> accounting(node);
                case "dead_letter" -> deadLetter(node);
                case "rolled_back" -> rolledBack(node);
                case "cut" -> cut(node);
                case "settled" ->
                    new Settled(
                            node.path("first_key_group").intValue(),
                            node.path("last_key_group").intValue(),
                            node.path("checkpoint").longValue(),
                            node.path("job_id").asText(""));
                default -> throw new IllegalArgumentException("not a result row: " + node);
            };
        } catch (IOException e) {
            throw new IllegalArgumentException("not a result row", e);
        }
    }

    private static RolledBack rolledBack(JsonNode node) {
        List<CountedExperiment> experiments = new ArrayList<>();
        node.path("experiments").forEach(each -> experiments.add(experiment(each)));
        return new RolledBack(
                node.path("first_key_group").intValue(),
                node.path("last_key_group").intValue(),
                node.path("checkpoint").longValue(),
                node.path("at_millis").longValue(),
                node.path("attempt").intValue(),
                node.path("job_id").asText(""),
                experiments);
    }

    private static Cut cut(JsonNode node) {
        return new Cut(
                node.path("first_key_group").intValue(),
                node.path("last_key_group").intValue(),
                node.path("subtasks").intValue(),
                node.path("at_millis").longValue(),
                node.path("job_id").asText(""),
                node.path("through_millis").longValue());
    }

    /** Older versions said the id alone. */
    private static CountedExperiment experiment(JsonNode node) {
        return node.isTextual()
                ? new CountedExperiment(node.asText(), "", "")
                : new CountedExperiment(
                        node.path("id").asText(),
                        node.path("file").asText(),
                        node.path("definition").asText());
    }

    private static void write(UnitStatistic s, RowJson json) {
        json.put("row", "unit_statistic")
                .put("experiment", s.experiment())
                .put("metric", s.metric())
                .put("variant", s.variant())
                .put("dimension", s.dimension())
                .put("dimension_value", s.dimensionValue())
                .put("day", s.day().toString())
                .put("n", s.n())
                .put("events", s.events())
                .put("sums", s.sums());
    }

    private static UnitStatistic statistic(JsonNode node) {
        List<BigInteger> sums = new ArrayList<>();
        node.path("sums").forEach(sum -> sums.add(sum.bigIntegerValue()));
        return new UnitStatistic(
                node.path("experiment").asText(),
                node.path("metric").asText(),
                node.path("variant").asText(),
                node.path("dimension").asText(),
                node.path("dimension_value").asText(),
                LocalDate.parse(node.path("day").asText()),
                node.path("n").longValue(),
                node.path("events").longValue(),
                sums);
    }

    private static void write(ClusterStatistic s, RowJson json) {
        json.put("row", "cluster_statistic")
                .put("experiment", s.experiment())
                .put("metric", s.metric())
                .put("variant", s.variant())
                .put("dimension", s.dimension())
                .put("dimension_value", s.dimensionValue())
                .put("cluster", s.cluster())
                .put("period", s.period())
                .put("day", s.day().toString())
                .put("events", s.events())
                .put("sum", s.sum())
                .put("sum_squares", s.sumSquares())
                .put("den_events", s.denEvents())
                .put("den_sum", s.denSum());
    }

    private static ClusterStatistic clusterStatistic(JsonNode node) {
        return new ClusterStatistic(
                node.path("experiment").asText(),
                node.path("metric").asText(),
                node.path("variant").asText(),
                node.path("dimension").asText(),
                node.path("dimension_value").asText(),
                node.path("cluster").asText(),
                node.path("period").longValue(),
                LocalDate.parse(node.path("day").asText()),
                node.path("events").longValue(),
                node.path("sum").bigIntegerValue(),
                node.path("sum_squares").bigIntegerValue(),
                node.path("den_events").longValue(),
                node.path("den_sum").bigIntegerValue());
    }

    private static void write(HistogramCounts h, RowJson json) {
        json.put("row", "histogram")
                .put("experiment", h.experiment())
                .put("metric", h.metric())
                .put("variant", h.variant())
                .put("dimension", h.dimension())
                .put("dimension_value", h.dimensionValue())
                .put("cluster", h.cluster())
                .put("period", h.period())
                .put("day", h.day().toString())
                .put("buckets", h.buckets())
                .put("counts", h.counts());
    }

    private static HistogramCounts histogram(JsonNode node) {
        List<Integer> buckets = new ArrayList<>();
        node.path("buckets").forEach(bucket -> buckets.add(bucket.intValue()));
        List<Long> counts = new ArrayList<>();
        node.path("counts").forEach(count -> counts.add(count.longValue()));
        return new HistogramCounts(
                node.path("experiment").asText(),
                node.path("metric").asText(),
                node.path("variant").asText(),
                node.path("dimension").asText(),
                node.path("dimension_value").asText(),
                node.path("cluster").asText(),
                node.path("period").longValue(),
                LocalDate.parse(node.path("day").asText()),
                buckets,
                counts);
    }

    private static void write(LifeTableCount l, RowJson json) {
        json.put("row", "life_table")
                .put("experiment", l.experiment())
                .put("variant", l.variant())
                .put("origin", l.origin())
                .put("entry_bin", l.entryBin())
                .put("kind", l.kind())
                .put("bin", l.bin())
                .put("day", l.day().toString())
                .put("n", l.n());
    }

    private static LifeTableCount lifeTable(JsonNode node) {
        return new LifeTableCount(
                node.path("experiment").asText(),
                node.path("variant").asText(),
                node.path("origin").asText(),
                node.path("entry_bin").longValue(),
                node.path("kind").asText(),
                node.path("bin").longValue(),
                LocalDate.parse(node.path("day").asText()),
                node.path("n").longValue());
    }

    private static void write(StockCount s, RowJson json) {
        json.put("row", "stock")
                .put("experiment", s.experiment())
                .put("kind", s.kind())
                .put("showroom", s.showroom())
                .put("sku", s.sku())
                .put("variant", s.variant())
                .put("at_millis", s.atMillis())
                .put("on_hand", s.onHand())
                .put("day", s.day().toString())
                .put("n", s.n())
                .put("pieces", s.pieces());
    }

    private static StockCount stock(JsonNode node) {
        return new StockCount(
                node.path("experiment").asText(),
                node.path("kind").asText(),
                node.path("showroom").asText(),
                node.path("sku").asText(),
                node.path("variant").asText(),
                node.path("at_millis").longValue(),
                node.path("on_hand").longValue(),
                LocalDate.parse(node.path("day").asText()),
                node.path("n").longValue(),
                node.path("pieces").bigIntegerValue());
    }

    private static void write(AccountingRow a, RowJson json) {
        json.put("row", "accounting")
                .put("source", a.source())
                .put("received", a.received())
                .put("counted", a.counted())
                .put("in_no_experiment", a.inNoExperiment())
                .put("duplicates", a.duplicates())
                .put("conflicting_duplicates", a.conflictingDuplicates())
                .put("dead_lettered", a.deadLettered())
                .put("late", a.late())
                .put("unknown_exposures", a.unknownExposures())
                .put("newest_millis", a.newestMillis());
    }

    private static AccountingRow accounting(JsonNode node) {
        return new AccountingRow(
                node.path("source").asText(),
                node.path("received").longValue(),
                node.path("counted").longValue(),
                node.path("in_no_experiment").longValue(),
                node.path("duplicates").longValue(),
                node.path("conflicting_duplicates").longValue(),
                node.path("dead_lettered").longValue(),
                node.path("late").longValue(),
                node.path("unknown_exposures").longValue(),
                node.path("newest_millis").longValue());
    }

    private static void write(DeadLetterRow d, RowJson json) {
        json.put("row", "dead_letter")
                .put("source", d.source())
                .put("position", d.position())
                .put("code", d.code())
                .put("field", d.field())
                .put("detail", d.detail())
                .put("bytes", d.bytes());
    }

    private static DeadLetterRow deadLetter(JsonNode node) throws IOException {
        return new DeadLetterRow(
                node.path("source").asText(),
                node.path("position").asText(),
                node.path("code").asText(),
                node.hasNonNull("field") ? node.path("field").asText() : null,
                node.path("detail").asText(),
                node.path("bytes").binaryValue());
    }
}
