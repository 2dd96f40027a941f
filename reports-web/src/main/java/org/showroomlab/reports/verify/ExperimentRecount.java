package org.showroomlab.reports.verify;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Experiment.Analysis;
import org.showroomlab.ingest.experiment.Experiment.UnitKind;
import org.showroomlab.ingest.experiment.Metric;

/** Recomputes the rows of one experiment: the order of the SQL files, and the values that go into them. */
final class ExperimentRecount {
    private static final long NO_WINDOW_MILLIS = 1L << 60;

    private final Script script;
    private final Experiment experiment;
    private final EventColumns columns;
    private final ExperimentSql sql;

    ExperimentRecount(Script script, Experiment experiment, EventColumns columns) {
        this.script = script;
        this.experiment = experiment;
        this.columns = columns;
        this.sql = new ExperimentSql(experiment, columns);
    }

    void run() throws SQLException {
        Map<String, String> values = sql.values();
        String unitKind = experiment.unit() == UnitKind.VISITOR ? "visitor" : "cluster";
        script.execute(sql.calendar());
        script.run("days.sql", values);
        script.run(unitKind + "-units.sql", values);
        script.run("mixed.sql", values);
        countUnits(unitKind, values);
        for (Metric metric : experiment.countedMetrics()) {
            count(unitKind, metric, values);
        }
        for (LifeOrigin origin : LifeOrigin.of(experiment)) {
            script.run("life.sql", merged(values, origin.values()));
        }
        if (experiment.analysis() == Analysis.PREORDER_WALK_IN && experiment.unit() == UnitKind.VISITOR) {
            script.run("stock.sql", values);
        }
    }

    /** Metric '': every unit, whatever its events say. */
    private void countUnits(String unitKind, Map<String, String> values) throws SQLException {
        script.execute(MetricSql.NO_MATCHES);
        Map<String, String> ofUnits = merged(
                values,
                Map.of(
                        "metric", "''",
                        "window_millis", Long.toString(NO_WINDOW_MILLIS),
                        "value_of_x", "total",
                        "value_of_y", "total",
                        "value_of_u", "total"));
        script.run(unitKind + "-metric.sql", ofUnits);
        for (Map<String, String> slice : sql.slices()) {
            script.run(unitKind + "-slice.sql", slice);
            runExactly("increments.sql", merged(ofUnits, slice));
            if (experiment.unit() != UnitKind.VISITOR) {
                script.run("cluster-events.sql", merged(ofUnits, slice));
            }
        }
    }

    private void count(String unitKind, Metric metric, Map<String, String> values) throws SQLException {
        MetricSql metricSql = new MetricSql(columns, metric);
        long window =
                metric.windowHours().isPresent() ? metric.windowHours().getAsInt() * 3_600_000L : NO_WINDOW_MILLIS;
        Map<String, String> ofMetric = merged(
                values,
                Map.of(
                        "metric", Sql.text(metric.id()),
                        "window_millis", Long.toString(window),
                        "value_of_x", metricSql.valueOfTotal(),
                        "value_of_y", metricSql.valueOfTotal(),
                        "value_of_u", metricSql.uncappedOfTotal()));
        script.execute(MetricSql.NO_MATCHES);
        script.execute(metricSql.matches());
        script.run(unitKind + "-metric.sql", ofMetric);
        for (Map<String, String> slice : sql.slices()) {
            Map<String, String> ofSlice = merged(ofMetric, slice);
            script.run(unitKind + "-slice.sql", ofSlice);
            runExactly("increments.sql", ofSlice);
            if (experiment.unit() != UnitKind.VISITOR) {
                runExactly("cluster-increments.sql", ofSlice);
            }
            if (metric.type() == Metric.Type.QUANTILE) {
                script.run(unitKind + "-histogram.sql", ofSlice);
            }
        }
    }

    /** In 128 bits where that is enough, which is many times faster. */
    private void runExactly(String file, Map<String, String> values) throws SQLException {
        try {
            script.run(file, merged(values, Map.of("exact", "in_128_bits")));
        } catch (SQLException e) {
            // In its sums DuckDB calls them HUGEINT, in its products INT128.
            if (!String.valueOf(e.getMessage()).matches("(?s).*Overflow in .*(HUGEINT|INT128).*")) {
                throw e;
            }
            script.run(file, merged(values, Map.of("exact", "of_any_width")));
        }
    }

    private static Map<String, String> merged(Map<String, String> values, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.putAll(more);
        return all;
    }
}
