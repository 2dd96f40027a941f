package org.showroomlab.reports;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.ClusterStatistic;
import org.showroomlab.jobs.results.HistogramCounts;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.jobs.results.UnitStatistic.Sum;

/** Small experiments with rows whose answers are known. */
public final class Samples {
    public static final LocalDate DAY = LocalDate.of(2026, 1, 5);

    private Samples() {}

    /** The published gate experiment of a mobile game: retention after seven days fell by 0.82 points, p = .00155. */
    public static LoadedExperiment gate() {
        return experiment("gate", """
                metrics:
                  - {id: retention_7, type: proportion, event: visit, where: {page: r7}, role: primary}
                """);
    }

    public static List<ResultRow> gateRows() {
        List<ResultRow> rows = new ArrayList<>();
        rows.add(statistic("gate", "", "a", DAY, 44_700, 0));
        rows.add(statistic("gate", "", "b", DAY, 45_489, 0));
        rows.add(statistic("gate", "retention_7", "a", DAY, 44_700, 8_502, 8_502, 8_502));
        rows.add(statistic("gate", "retention_7", "b", DAY, 45_489, 8_279, 8_279, 8_279));
        rows.add(accounting("events.ndjson", "2026-04-06T00:00:00Z"));
        return rows;
    }

    /** An experiment of two arms, a (control) and b, with these metrics and whatever else the file says. */
    public static LoadedExperiment experiment(String id, String more) {
        String yaml = """
                id: %s
                name: Sample %s
                owner: growth
                start: 2026-01-05T00:00:00Z
                end: 2026-04-05T00:00:00Z
                currency: EUR
                variants:
                  - {id: a, weight: 1, control: true}
                  - {id: b, weight: 1}
                """.formatted(id, id) + more;
        return ExperimentFiles.parse(id + ".yaml", yaml);
    }

    /** A row with the leading sums given and the others zero. */
    public static UnitStatistic statistic(
            String experiment, String metric, String variant, LocalDate day, long n, long events, long... sums) {
        return statistic(experiment, metric, variant, "", "", day, n, events, sums);
    }

    public static UnitStatistic statistic(
            String experiment,
            String metric,
            String variant,
            String dimension,
            String value,
            LocalDate day,
            long n,
            long events,
            long... sums) {
        BigInteger[] all = new BigInteger[Sum.values().length];
        Arrays.fill(all, BigInteger.ZERO);
        for (int i = 0; i < sums.length; i++) {
            all[i] = BigInteger.valueOf(sums[i]);
        }
        return new UnitStatistic(experiment, metric, variant, dimension, value, day, n, events, Arrays.asList(all));
    }

    /** Sums over the events of one cluster and period. */
    public static ClusterStatistic cluster(
            String experiment,
            String metric,
            String variant,
            String cluster,
            long period,
            LocalDate day,
            long events,
            long sum,
            long sumSquares) {
        return new ClusterStatistic(
                experiment,
                metric,
                variant,
                "",
                "",
                cluster,
                period,
                day,
                events,
                BigInteger.valueOf(sum),
                BigInteger.valueOf(sumSquares),
                0,
                BigInteger.ZERO);
    }

    /** Counts per bucket of one cluster and period. */
    public static HistogramCounts histogram(
            String experiment,
            String metric,
            String variant,
            String cluster,
            long period,
            LocalDate day,
            Map<Integer, Long> counts) {
        TreeMap<Integer, Long> sorted = new TreeMap<>(counts);
        return new HistogramCounts(
                experiment,
                metric,
                variant,
                "",
                "",
                cluster,
                period,
                day,
                List.copyOf(sorted.keySet()),
                List.copyOf(sorted.values()));
    }

    public static AccountingRow accounting(String source, String newest) {
        return new AccountingRow(
                source, 100, 80, 10, 7, 1, 3, 2, 4, Instant.parse(newest).toEpochMilli());
    }
}
