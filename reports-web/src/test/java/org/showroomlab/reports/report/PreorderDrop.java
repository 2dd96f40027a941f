package org.showroomlab.reports.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.StockCount;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.special.PreorderWalkIn;
import org.showroomlab.reports.store.Store;
import org.showroomlab.stats.survival.LifeTable;

/** What the job counted of a small drop: two arms, 20 and 40 pieces, and bins of a quarter of an hour. */
final class PreorderDrop {
    private static final LoadedExperiment DROP = ExperimentFiles.parse("drop.yaml", """
            id: drop
            name: Lamp drop
            analysis: preorder_walk_in
            start: 2026-01-05T00:00:00Z
            end: 2026-01-07T00:00:00Z
            observe_until: 2026-01-08T00:00:00Z
            variants:
              - {id: small, weight: 1, control: true, allotment: 20}
              - {id: large, weight: 1, allotment: 40}
            metrics:
              - {id: picked_up, type: proportion, event: purchase, where: {kind: pickup}, window_hours: 24, role: primary}
              - {id: preordered, type: proportion, event: purchase, where: {kind: preorder}, window_hours: 24, role: secondary}
            dimensions: [showroom]
            """);
    private final List<ResultRow> rows = new ArrayList<>();

    PreorderDrop() {
        this("2026-01-09T00:00:00Z"); // it is over
    }

    /** @param newest when its newest event was */
    PreorderDrop(String newest) {
        rows.add(Samples.accounting("events.ndjson", newest));
    }

    void life(String variant, String origin, long entryBin, String kind, long bin, long n) {
        rows.add(new LifeTableCount("drop", variant, origin, entryBin, kind, bin, Samples.DAY, n));
    }

    void arm(String variant, long exposed, long[][] ends) {
        rows.add(Samples.statistic("drop", "", variant, Samples.DAY, exposed, 0));
        life(variant, "exposure", 0, "entered", 0, exposed);
        String[] kinds = {"picked_up", "cancelled", "no_show"};
        for (long[] end : ends) {
            life(variant, "exposure", 0, kinds[(int) end[0]], end[1], end[2]);
        }
    }

    /** Of those exposed, this many preordered in a showroom, and all over one bin. */
    void preorders(String variant, String showroom, long exposed, long sold) {
        rows.add(Samples.statistic(
                "drop", "preordered", variant, "showroom", showroom, Samples.DAY, exposed, sold, sold, sold));
    }

    <T> T read(java.util.function.Function<Store, T> reading) {
        try (Store store = Store.inMemory()) {
            store.replace(List.of(DROP), rows);
            return reading.apply(store);
        }
    }

    PreorderWalkIn reading() {
        var analysis = read(store -> ReportAssembler.assemble(store, "drop")).analysis();
        if (analysis == null) {
            throw new AssertionError("no analysis");
        }
        return (PreorderWalkIn) analysis.orElseThrow();
    }

    JsonNode json() {
        return read(store -> {
            try {
                return new ObjectMapper()
                        .readTree(Reports.render(store, "drop", Format.JSON))
                        .path("analysis")
                        .path("preorder_walk_in");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    String rendered(Format format) {
        return new String(read(store -> Reports.render(store, "drop", format)), StandardCharsets.UTF_8);
    }

    void twoArms() {
        // bins of a quarter of an hour: start to observe_until is three days
        arm("small", 100, new long[][] {{0, 3, 10}, {1, 7, 5}, {0, 11, 6}, {2, 95, 4}});
        arm("large", 120, new long[][] {{0, 3, 20}, {1, 7, 6}, {0, 11, 9}, {2, 95, 5}});
    }

    void stock(String kind, String sku, String variant, String at, long onHand, long n, long pieces) {
        rows.add(new StockCount(
                "drop",
                kind,
                "lisboa",
                sku,
                variant,
                Instant.parse(at).toEpochMilli(),
                onHand,
                Samples.DAY,
                n,
                BigInteger.valueOf(1_000_000 * pieces)));
    }

    void reserved(String sku, String variant) {
        stock("report", sku, variant, "2026-01-05T08:00:00Z", 3, 1, 0);
        stock("report", sku, variant, "2026-01-05T09:00:00.500Z", 0, 1, 0);
        stock("report", sku, variant, "2026-01-05T09:30:00Z", 1, 1, 0); // one came back
        stock("report", sku, variant, "2026-01-05T10:00:00.250Z", 1, 1, 0); // two in the same instant, and the shelf
        stock("report", sku, variant, "2026-01-05T10:00:00.250Z", 0, 1, 0); // is empty after the second
        stock("report", sku, variant, "2026-01-05T20:00:00Z", 0, 2, 0);
    }

    /** Leaves out what the experiment's owner did not ask for. */
    void withoutShowrooms() {
        rows.removeIf(row ->
                row instanceof UnitStatistic statistic && statistic.dimension().equals("showroom"));
    }

    void add(ResultRow row) {
        rows.add(row);
    }

    /** Of (time, ended, ended otherwise, censored). */
    static LifeTable table(double[][] times) {
        Map<Double, LifeTable.Counts> counts = new TreeMap<>();
        Arrays.stream(times)
                .forEach(t -> counts.put(t[0], new LifeTable.Counts((long) t[1], (long) t[2], (long) t[3])));
        return LifeTable.of(counts);
    }

    /** Both arms order from one shelf, which is empty from 10:00 on: at the end of the fortieth quarter of an hour. */
    void sharedShelf() {
        arm("small", 60, new long[][] {{0, 3, 9}});
        arm("large", 80, new long[][] {{0, 3, 8}});
        life("small", "exposure", 39, "entered", 0, 40);
        life("small", "exposure", 40, "entered", 0, 100);
        life("large", "exposure", 50, "entered", 0, 80);
        reserved("lamp", "");
        preorders("small", "lisboa", 100, 9);
        preorders("large", "lisboa", 120, 8);
        stock("preorder", "lamp", "small", "2026-01-05T09:00:00Z", 0, 9, 9);
        stock("preorder", "lamp", "large", "2026-01-05T09:10:00Z", 0, 8, 8);
        stock("visit", "", "small", "2026-01-05T08:00:00Z", 0, 1, 0); // and nobody in the first half hour without
    }
}
