package org.showroomlab.reports.verify;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Measure;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.ingest.experiment.Variant;

/** What an experiment file says, as the rows that should be stored of it. */
final class Definition {
    /** "Amounts and counts as they are (scale 0), every other number times 10⁶ (scale 6)." */
    private static final Set<String> WHOLE_FIELDS = Set.of("amount_minor", "on_hand");

    private final Experiment experiment;
    private final String id;

    Definition(Experiment experiment) {
        this.experiment = experiment;
        this.id = Sql.text(experiment.id());
    }

    void write(Script script) throws SQLException {
        insert(script, "experiment_files", file());
        for (int i = 0; i < experiment.variants().size(); i++) {
            insert(
                    script,
                    "experiment_variants",
                    variant(i, experiment.variants().get(i)));
        }
        for (Metric metric : experiment.countedMetrics()) {
            insert(script, "experiment_metrics", metric(metric));
        }
    }

    private static void insert(Script script, String table, String values) throws SQLException {
        script.execute("insert into " + table + " values (" + values + ")");
    }

    private String file() {
        return String.join(
                ", ",
                id,
                Sql.text(experiment.name()),
                Sql.text(experiment.hypothesis()),
                Sql.text(experiment.owner()),
                word(experiment.analysis()),
                word(experiment.unit()),
                millis(experiment.start()),
                millis(experiment.end()),
                millis(experiment.observeUntil()),
                Sql.text(experiment.timeZone().getId()),
                textOrNull(experiment.currency()),
                Integer.toString(experiment.covariateDays()),
                number(experiment.alpha()),
                word(experiment.correction()),
                word(experiment.monitoring()));
    }

    private String variant(int position, Variant variant) {
        return String.join(
                ", ",
                id,
                Sql.text(variant.id()),
                Integer.toString(position),
                Boolean.toString(variant.control()),
                number(variant.weight()),
                amount(variant.priceMinor()),
                amount(variant.ttlSeconds()),
                amount(variant.allotment()));
    }

    private String metric(Metric metric) {
        Measure per = metric.per();
        return String.join(
                ", ",
                id,
                Sql.text(metric.id()),
                word(metric.type()),
                word(metric.role()),
                word(metric.goal()),
                // A share counts events at most its threshold.
                metric.type() == Metric.Type.SHARE ? "0" : scale(metric.measure()),
                per == null ? "null" : scale(per));
    }

    private static String scale(Measure measure) {
        EventField value = measure.value();
        return value == null || WHOLE_FIELDS.contains(value.name()) ? "0" : "6";
    }

    private static String millis(Instant instant) {
        return Long.toString(instant.toEpochMilli());
    }

    private static String textOrNull(@Nullable String text) {
        return text == null ? "null" : Sql.text(text);
    }

    /** From its digits: as a literal it would be a decimal first. */
    private static String number(double value) {
        return "'" + value + "'::double";
    }

    private static String amount(OptionalLong amount) {
        return amount.isPresent() ? Long.toString(amount.getAsLong()) : "null";
    }

    private static String word(Enum<?> value) {
        return Sql.text(value.name().toLowerCase(Locale.ROOT));
    }
}
