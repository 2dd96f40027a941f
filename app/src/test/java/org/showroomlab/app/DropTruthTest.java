package org.showroomlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.store.Store;

/** A simulated drop through files, Flink and DuckDB: what the report says has the truth in its intervals. */
class DropTruthTest {
    private static final String ID = "preorder-walk-in";
    private static final double Z = 3.3;

    @TempDir
    Path folder;

    @Test
    void theTruthLiesInTheIntervals() throws Exception {
        Quarter quarter = Quarter.of(6_000, 11);
        quarter.writeTo(folder);
        List<LoadedExperiment> experiments = quarter.experiments().stream()
                .filter(each -> each.experiment().id().equals(ID))
                .toList();
        ObjectMapper mapper = new ObjectMapper();
        JsonNode truth = mapper.readTree(Files.readAllBytes(folder.resolve("truth.json")))
                .path(ID)
                .path("analysis")
                .path("preorder_walk_in");
        try (Store store = Store.open(folder.resolve("drop.duckdb"))) {
            Quarter.count(experiments, folder, store);
            JsonNode report = mapper.readTree(Reports.render(store, ID, Format.JSON))
                    .path("analysis")
                    .path("preorder_walk_in");
            within(report.path("demand_effect"), truth.path("demand_effect"));
            within(report.path("sales_effect"), truth.path("sales_effect"));
            stock(report.path("stock"), truth.path("stock"));
            for (int arm = 0; arm < 2; arm++) {
                JsonNode read = report.path("arms").get(arm);
                JsonNode known = truth.path("arms").get(arm);
                within(read.path("rmst_hours"), known.path("rmst_hours"));
                for (JsonNode point : known.path("incidence")) {
                    near(before(read.path("incidence"), point.path("hours").asDouble()), point, read);
                }
            }
        }
    }

    /** What a curve says of the ends before so many hours; everybody waits before its first point. */
    private static JsonNode before(JsonNode curve, double hours) {
        JsonNode last = curve.path("none");
        for (JsonNode point : curve) {
            last = point.path("hours").asDouble() <= hours ? point : last;
        }
        return last;
    }

    private static void near(JsonNode read, JsonNode truth, JsonNode arm) {
        for (String kind : List.of("picked_up", "cancelled", "no_show")) {
            double p = truth.path(kind).asDouble();
            double se = Math.sqrt(p * (1 - p) / arm.path("exposed").asDouble());
            assertThat(read.path(kind).asDouble())
                    .as("%s before %s h", kind, truth.path("hours"))
                    .isBetween(p - Z * se, p + Z * se);
        }
    }

    /** A shelf that sold out sold exactly its pieces; what is left to chance lies within its spread. */
    private static void stock(JsonNode read, JsonNode truth) {
        assertThat(read).hasSize(truth.size());
        int soldOut = 0;
        for (JsonNode line : read) {
            JsonNode known = StreamSupport.stream(truth.spliterator(), false)
                    .filter(t -> t.path("showroom").equals(line.path("showroom"))
                            && t.path("variant").equals(line.path("variant")))
                    .findFirst()
                    .orElseThrow();
            assertThat(line.path("sku")).isEqualTo(known.path("sku"));
            assertThat(line.path("allotment")).isEqualTo(known.path("allotment"));
            if (!line.path("sold_out_at").isNull()) {
                soldOut++;
                assertThat(line.path("sold").asLong())
                        .isEqualTo(known.path("allotment").asLong());
            }
            for (String number : List.of("sold", "turned_away")) {
                double expected = known.path(number).asDouble();
                assertThat(line.path(number).asDouble())
                        .as("%s of %s", number, line)
                        .isCloseTo(
                                expected,
                                Offset.offset(5 * Math.sqrt(known.path("sold").asDouble()) + 2));
            }
        }
        assertThat(soldOut).isPositive();
    }

    private static void within(JsonNode read, JsonNode truth) {
        double half = Z * read.path("std_error").asDouble();
        assertThat(half).as(read.toString()).isPositive();
        assertThat(truth.path("estimate").asDouble())
                .as(read.toString())
                .isBetween(
                        read.path("estimate").asDouble() - half,
                        read.path("estimate").asDouble() + half);
    }
}
