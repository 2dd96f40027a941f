package org.showroomlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.flow.CountingJob;
import org.showroomlab.jobs.run.BoundedRun;
import org.showroomlab.reports.store.Store;
import org.showroomlab.reports.verify.Difference;
import org.showroomlab.reports.verify.Verify;

/** Records that leave out what they may: the job and the recomputation count the same of them, and no zeros. */
class LeftOutFieldsTest {
    private static final List<String> TIMINGS = List.of("ttl_seconds", "ttfb_ms", "fcp_ms", "lcp_ms", "inp_ms", "cls");

    /** The optional fields of a cache timing, and of a purchase, that a metric can look at. */
    private static final Map<String, String> OF_TIMING = Map.of(
            "ttl_seconds", "60",
            "ttfb_ms", "12.5",
            "fcp_ms", "300",
            "lcp_ms", "900",
            "inp_ms", "40",
            "cls", "0.05",
            "served_by", "\"c9\"",
            "status", "\"hit\"",
            "failover", "true");

    private static final Map<String, String> OF_PURCHASE = Map.of("amount_minor", "499", "quantity", "3");

    @TempDir
    Path folder;

    private int ids;

    @ParameterizedTest
    @ValueSource(strings = {"visitor", "cache"})
    void countAsTheRecomputationHasThem(String unit) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            String timing = "\"type\":\"cache_timing\",\"cache\":\"c%d\",\"visitor\":\"v%d\"".formatted(i, i);
            lines.addAll(lacking(timing, i, OF_TIMING));
            String purchase =
                    "\"type\":\"purchase\",\"order\":\"o\",\"kind\":\"sale\",\"visitor\":\"v%d\"".formatted(i);
            lines.addAll(lacking(purchase, i, OF_PURCHASE));
        }
        Path database = counted(experiment(unit, metrics(unit)), lines);
        // Of a visitor or cache: all nine fields, each of the nine left out, all left out.
        assertThat(number(database, "select sum(events) from cluster_or_unit where metric = 'share_lcp_ms'", unit))
                .isEqualTo(2 * (1 + 8));
        assertThat(number(database, "select sum(events) from cluster_or_unit where metric = 'served'", unit))
                .isEqualTo(2 * (1 + 6));
    }

    @Test
    void aShareIsOfTheRecordsThatHaveTheValue() throws Exception {
        String timing = "\"type\":\"cache_timing\",\"cache\":\"c1\"";
        List<String> lines = List.of(line(timing, 1, Map.of("lcp_ms", "900")), line(timing, 1, Map.of()));
        Path database = counted(
                experiment(
                        "cache", List.of("{id: good, type: share, event: cache_timing, value: lcp_ms, at_most: 2500}")),
                lines);
        assertThat(number(database, "select sum(events) from cluster_or_unit where metric = 'good'", "cache"))
                .isEqualTo(1);
    }

    private static List<String> metrics(String unit) {
        List<String> metrics = new ArrayList<>();
        TIMINGS.forEach(field -> metrics.addAll(ofEachType(field, "cache_timing", "lcp_ms")));
        if (unit.equals("visitor")) {
            OF_PURCHASE.keySet().forEach(field -> metrics.addAll(ofEachType(field, "purchase", "quantity")));
        }
        metrics.add("{id: served, type: mean, event: cache_timing,"
                + " where: {served_by: c9, status: hit, failover: true}}");
        return metrics;
    }

    private static List<String> ofEachType(String field, String event, String per) {
        String rest = ", event: " + event + ", value: " + field;
        return List.of(
                "{id: mean_" + field + ", type: mean" + rest + "}",
                "{id: share_" + field + ", type: share" + rest + ", at_most: 50}",
                "{id: quantile_" + field + ", type: quantile" + rest + ", quantile: 0.75}",
                "{id: ratio_" + field + ", type: ratio" + rest + ", per: {event: " + event + ", value: " + per + "}}",
                "{id: per_" + field + ", type: ratio, event: " + event + ", value: " + per + ", per: {event: " + event
                        + ", value: " + field + "}}");
    }

    private static LoadedExperiment experiment(String unit, List<String> metrics) {
        return ExperimentFiles.parse("gaps.yaml", """
                id: gaps
                unit: %s
                start: 2026-01-05T00:00:00Z
                end: 2026-01-07T00:00:00Z
                variants: [{id: a1, control: true}, {id: a2}]
                metrics: [%s]
                """.formatted(unit, String.join(",\n  ", metrics)));
    }

    /** One record with all fields, one without each, and one with none. */
    private List<String> lacking(String common, int arm, Map<String, String> fields) {
        List<String> lines = new ArrayList<>(List.of(line(common, arm, fields), line(common, arm, Map.of())));
        for (String left : fields.keySet()) {
            Map<String, String> others = new LinkedHashMap<>(fields);
            others.remove(left);
            lines.add(line(common, arm, others));
        }
        return lines;
    }

    private String line(String common, int arm, Map<String, String> fields) {
        StringBuilder json = new StringBuilder("{" + common
                + ",\"id\":\"r%d\",\"ts\":\"2026-01-05T10:00:00Z\",\"showroom\":\"s\",\"exposures\":{\"gaps\":\"a%d\"}"
                        .formatted(ids++, arm));
        fields.forEach(
                (name, value) -> json.append(",\"").append(name).append("\":").append(value));
        return json.append('}').toString();
    }

    /** The database of the records, which the recomputation agrees with. */
    private Path counted(LoadedExperiment experiment, List<String> lines) throws Exception {
        List<Path> files = List.of(Files.write(folder.resolve("gaps.ndjson"), lines));
        Path database = folder.resolve("gaps.duckdb");
        try (Store store = Store.open(database)) {
            store.replace(
                    List.of(experiment),
                    new BoundedRun(List.of(experiment), CountingJob.Options.BOUNDED, 1).count(files));
        }
        List<Difference> differences = new ArrayList<>();
        new Verify(List.of(experiment.experiment()), Long.MAX_VALUE, step -> {})
                .compare(database, files, differences::add);
        assertThat(differences).isEmpty();
        assertThat(number(database, "select count(*) from dead_letters", ""))
                .as("every record is valid")
                .isZero();
        return database;
    }

    private static long number(Path database, String sql, String unit) throws SQLException {
        String table = unit.equals("cache") ? "cluster_increments" : "unit_increments";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql.replace("cluster_or_unit", table))) {
            row.next();
            return row.getLong(1);
        }
    }
}
