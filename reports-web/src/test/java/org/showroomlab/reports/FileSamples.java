package org.showroomlab.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.ReportAssembler;
import org.showroomlab.reports.store.Store;

/** One store with whatever a file has to be able to hold. */
public final class FileSamples {
    public static final String FORMULA = "=cmd|' /C calc'!A0";
    public static final String LONG = "Preiserhöhung „groß“ & <b>, ".repeat(60).strip();

    private FileSamples() {}

    /** A plain, an empty, a broken, a hostile, a wide and one experiment of each special analysis. */
    public static Store store() {
        Map<String, List<ResultRow>> rows = new TreeMap<>();
        rows.put("drop", SpecialSamples.dropRows());
        rows.put("empty", List.of());
        rows.put("gate", Samples.gateRows());
        rows.put("hostile", hostileRows());
        rows.put("p", SpecialSamples.priceRows());
        rows.put("spend", spendRows());
        rows.put("t", SpecialSamples.ttlRows(8, false));
        rows.put("uneven", unevenRows());
        List<LoadedExperiment> experiments = List.of(
                SpecialSamples.drop(),
                empty(),
                Samples.gate(),
                hostile(),
                SpecialSamples.price(),
                spend(),
                SpecialSamples.ttl(),
                uneven());
        List<ResultRow> all = new ArrayList<>();
        rows.values().forEach(all::addAll);
        all.removeIf(row -> row.equals(Samples.accounting("events.ndjson", "2026-04-06T00:00:00Z")));
        all.add(Samples.accounting("events.ndjson", "2026-04-06T00:00:00Z"));
        Store store = Store.inMemory();
        store.replace(experiments, all);
        return store;
    }

    /** The ids of the experiments in it. */
    public static List<String> ids() {
        return List.of("drop", "empty", "gate", "hostile", "p", "spend", "t", "uneven");
    }

    /** The report of one of them. */
    public static Report report(String id) {
        try (Store store = store()) {
            return ReportAssembler.assemble(store, id);
        }
    }

    private static LoadedExperiment empty() {
        return Samples.experiment("empty", """
                metrics:
                  - {id: spend, type: mean, event: purchase, value: amount_minor, role: primary}
                """);
    }

    /** Sizes that no chance explains: the verdict is blocked. */
    private static LoadedExperiment uneven() {
        return Samples.experiment("uneven", """
                metrics:
                  - {id: bought, type: proportion, event: purchase, where: {kind: sale}, role: primary}
                """);
    }

    private static List<ResultRow> unevenRows() {
        return new ArrayList<>(List.of(
                Samples.statistic("uneven", "", "a", Samples.DAY, 10_000, 0),
                Samples.statistic("uneven", "", "b", Samples.DAY, 12_000, 0),
                Samples.statistic("uneven", "bought", "a", Samples.DAY, 10_000, 500, 500, 500),
                Samples.statistic("uneven", "bought", "b", Samples.DAY, 12_000, 700, 700, 700)));
    }

    private static LoadedExperiment hostile() {
        return ExperimentFiles.parse("hostile.yaml", """
                id: hostile
                name: "%s"
                hypothesis: "%s"
                owner: "@SUM(1+1) 'Ü' \\"x\\" \\u0001 日本"
                start: 2026-01-05T00:00:00Z
                end: 2026-04-05T00:00:00Z
                variants:
                  - {id: a, weight: 1, control: true}
                  - {id: b, weight: 1}
                metrics:
                  - {id: bought, type: proportion, event: purchase, where: {kind: sale}, role: primary}
                dimensions: [creator]
                """.formatted(FORMULA, LONG));
    }

    private static List<ResultRow> hostileRows() {
        List<ResultRow> rows = new ArrayList<>();
        for (String variant : List.of("a", "b")) {
            long bought = variant.equals("a") ? 50 : 90;
            rows.add(Samples.statistic("hostile", "", variant, Samples.DAY, 1000, 0));
            rows.add(Samples.statistic("hostile", "bought", variant, Samples.DAY, 1000, bought, bought, bought));
            rows.add(Samples.statistic(
                    "hostile", "bought", variant, "creator", FORMULA, Samples.DAY, 600, bought, bought, bought));
        }
        return rows;
    }

    private static LoadedExperiment spend() {
        return Samples.experiment("spend", """
                hypothesis: A lower entry price α lifts revenue by ≥ 3 % – or × 1.03
                dimensions: [region]
                covariate_days: 7
                metrics:
                  - {id: revenue, type: mean, event: purchase, value: amount_minor, cap: 10000, goal: increase, role: primary}
                  - {id: basket, type: ratio, event: purchase, value: amount_minor, per: {event: purchase, value: quantity}, role: secondary}
                  - {id: bought, type: proportion, event: purchase, where: {kind: sale}, goal: increase, role: guardrail, margin: 0.05}
                """);
    }

    private static List<ResultRow> spendRows() {
        List<ResultRow> rows = new ArrayList<>();
        for (int day = 0; day < 20; day++) {
            for (String variant : List.of("a", "b")) {
                long n = 500 + 7L * (day % 3);
                long lift = variant.equals("b") ? 40 : 0;
                long y = n * (200 + lift + day % 5);
                var date = Samples.DAY.plusDays(day);
                rows.add(Samples.statistic("spend", "", variant, date, n, 0));
                long yy = y * 900;
                long[] sums = {y, yy, 0, 0, 0, y + n, y * 950, y * 880, 0, 0, 0, 0, 0, 0, y + n, y * 990};
                rows.add(Samples.statistic("spend", "revenue", variant, date, n, n / 4, sums));
                rows.add(Samples.statistic("spend", "basket", variant, date, n, n / 4, y, yy, n / 3, n / 2, y));
                rows.add(Samples.statistic("spend", "bought", variant, date, n, n / 4, n / 4, n / 4));
                for (String region : List.of("north", "south")) {
                    rows.add(Samples.statistic(
                            "spend", "revenue", variant, "region", region, date, n / 2, n / 8, y / 2, y * 450));
                }
            }
        }
        return rows;
    }

    /** Cells by id of a summary's line, for comparing. */
    public static Map<String, Report> reports() {
        Map<String, Report> reports = new TreeMap<>();
        try (Store store = store()) {
            ids().forEach(id -> reports.put(id, ReportAssembler.assemble(store, id)));
        }
        return reports;
    }
}
