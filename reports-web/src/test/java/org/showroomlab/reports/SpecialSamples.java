package org.showroomlab.reports;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.showroomlab.ingest.experiment.BuiltInMetrics;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.ingest.experiment.LogBuckets;
import org.showroomlab.jobs.results.ClusterStatistic;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ResultRow;

/** Hand-made experiments of each special analysis. */
@SuppressWarnings("MutablePublicArray") // tests only read them
public final class SpecialSamples {
    public static final int[] TTLS = {60, 300, 900};
    public static final int[] PRICES = {499, 599, 699};
    public static final long[] SLOW = {2600, 2300, 2200};
    public static final long[] FAST = {1500, 1400, 1300};
    public static final long[][] BUYERS = {{980, 810, 690}, {510, 420, 330}};

    public static LoadedExperiment ttl() {
        return ExperimentFiles.parse("t.yaml", """
                id: t
                analysis: ttl_speed
                unit: cache
                start: 2026-01-05T00:00:00Z
                end: 2026-04-05T00:00:00Z
                variants:
                  - {id: t60, control: true, ttl_seconds: 60}
                  - {id: t300, ttl_seconds: 300}
                  - {id: t900, ttl_seconds: 900}
                metrics:
                  - {id: stalls, type: mean, event: cache_timing, where: {status: bypass}, role: primary}
                """);
    }

    /** The primary metric, of which more is better, of every cache. */
    public static List<ResultRow> stalls(int cachesPerArm, long... perCache) {
        List<ResultRow> rows = new ArrayList<>();
        for (int arm = 0; arm < TTLS.length; arm++) {
            for (int g = 0; g < cachesPerArm; g++) {
                long stalls = perCache[arm] + g;
                rows.add(Samples.cluster(
                        "t",
                        "stalls",
                        "t" + TTLS[arm],
                        "c" + arm + "-" + g,
                        0,
                        Samples.DAY,
                        stalls,
                        stalls,
                        stalls * stalls));
            }
        }
        return rows;
    }

    /** Every arm has its own caches; they differ a little, and the longer the TTL the more of their views are fast. */
    public static List<ResultRow> ttlRows(int cachesPerArm, boolean contaminated) {
        return ttlRows(cachesPerArm, SLOW, new long[] {0, 1, 2}, new long[] {120, 120, contaminated ? 400 : 120});
    }

    /**
     * The same by arm, of about a thousand views of each cache.
     *
     * @param slow LCP of the slow views
     * @param stale how many were outdated
     * @param inp of most views
     */
    public static List<ResultRow> ttlRows(int cachesPerArm, long[] slow, long[] stale, long[] inp) {
        List<ResultRow> rows = new ArrayList<>();
        for (int arm = 0; arm < TTLS.length; arm++) {
            String variant = "t" + TTLS[arm];
            rows.add(Samples.statistic("t", "", variant, Samples.DAY, cachesPerArm, 0));
            for (int g = 0; g < cachesPerArm; g++) {
                String cache = "c" + arm + "-" + g;
                long fast = fast(arm, g);
                long slowViews = slow(arm, g);
                rows.add(Samples.histogram(
                        "t",
                        BuiltInMetrics.LCP,
                        variant,
                        cache,
                        0,
                        Samples.DAY,
                        Map.of(bucket(FAST[arm]), fast, bucket(slow[arm]), slowViews)));
                rows.add(Samples.cluster(
                        "t", BuiltInMetrics.GOOD, variant, cache, 0, Samples.DAY, fast + slowViews, fast, fast));
                rows.add(ratio(BuiltInMetrics.HIT, variant, cache, fast, fast + slowViews));
                rows.add(ratio(
                        BuiltInMetrics.STALE,
                        variant,
                        cache,
                        stale[arm] == 0 ? 0 : stale[arm] + g % 3,
                        fast + slowViews));
                rows.add(ratio(BuiltInMetrics.FAILOVER, variant, cache, 10, fast + slowViews));
                long response = inp[arm] + g;
                rows.add(Samples.histogram(
                        "t",
                        BuiltInMetrics.INP,
                        variant,
                        cache,
                        0,
                        Samples.DAY,
                        Map.of(bucket(response), 50L, bucket(response + 40), 50L)));
            }
        }
        return rows;
    }

    public static long fast(int arm, int g) {
        return 700 + 40L * arm + 11L * (g * g % 5);
    }

    public static long slow(int arm, int g) {
        return 320 - 30L * arm + 7L * (g % 4);
    }

    public static int bucket(long millis) {
        return LogBuckets.bucketOf(millis * 1_000_000);
    }

    private static ClusterStatistic ratio(String metric, String variant, String cache, long counted, long views) {
        return new ClusterStatistic(
                "t",
                metric,
                variant,
                "",
                "",
                cache,
                0,
                Samples.DAY,
                counted,
                BigInteger.valueOf(counted),
                BigInteger.valueOf(counted),
                views,
                BigInteger.valueOf(views));
    }

    public static LoadedExperiment price() {
        return price("""
                metrics:
                  - {id: visits, type: mean, event: visit, role: primary}
                """);
    }

    /** Three prices with the metrics, and what else there is to say, of a test. */
    public static LoadedExperiment price(String rest) {
        return ExperimentFiles.parse("p.yaml", """
                id: p
                analysis: price_elasticity
                start: 2026-01-05T00:00:00Z
                end: 2026-04-05T00:00:00Z
                currency: EUR
                variants:
                  - {id: p499, control: true, price_minor: 499}
                  - {id: p599, price_minor: 599}
                  - {id: p699, price_minor: 699}
                """ + rest);
    }

    public static List<ResultRow> priceRows() {
        List<ResultRow> rows = new ArrayList<>();
        String[] markets = {"PT", "GB"};
        for (int arm = 0; arm < PRICES.length; arm++) {
            String variant = "p" + PRICES[arm];
            rows.add(Samples.statistic("p", "", variant, Samples.DAY, 15_000, 0));
            long all = BUYERS[0][arm] + BUYERS[1][arm];
            rows.add(Samples.statistic("p", BuiltInMetrics.CONVERSION, variant, Samples.DAY, 15_000, all, all, all));
            for (int m = 0; m < markets.length; m++) {
                long n = m == 0 ? 10_000 : 5_000;
                long x = BUYERS[m][arm];
                long paid = x * PRICES[arm];
                rows.add(market("", variant, markets[m], n, 0, 0, 0));
                rows.add(market(BuiltInMetrics.CONVERSION, variant, markets[m], n, x, x, x));
                for (int days : BuiltInMetrics.HORIZON_DAYS) {
                    rows.add(market(BuiltInMetrics.revenue(days), variant, markets[m], n, x, paid, paid * PRICES[arm]));
                }
                rows.add(market(BuiltInMetrics.OWN_CURRENCY, variant, markets[m], n, m == 0 ? x : 0, 0, 0));
            }
            rows.add(new LifeTableCount("p", variant, "subscription", 0, "entered", 0, Samples.DAY, 100));
            rows.add(new LifeTableCount("p", variant, "subscription", 0, "renewed", 28, Samples.DAY.plusDays(7), 60));
            rows.add(new LifeTableCount("p", variant, "subscription", 0, "cancelled", 8, Samples.DAY.plusDays(2), 10));
        }
        return rows;
    }

    public static ResultRow market(String metric, String variant, String market, long n, long events, long y, long yy) {
        return Samples.statistic("p", metric, variant, "market", market, Samples.DAY, n, events, y, yy);
    }

    /** A drop of a small and a large allotment; preorders, pick-ups and what else became of them. */
    public static LoadedExperiment drop() {
        return ExperimentFiles.parse("drop.yaml", """
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
                  - {id: preordered, type: proportion, event: purchase, where: {kind: preorder}, window_hours: 24}
                dimensions: [showroom]
                """);
    }

    /** 100 and 120 exposed, of whom 16 and 29 picked up. */
    public static List<ResultRow> dropRows() {
        List<ResultRow> rows = new ArrayList<>();
        dropArm(rows, "small", 100, 10, 16);
        dropArm(rows, "large", 120, 20, 29);
        return rows;
    }

    private static void dropArm(List<ResultRow> rows, String variant, long exposed, long early, long pickedUp) {
        rows.add(Samples.statistic("drop", "", variant, Samples.DAY, exposed, 0));
        rows.add(Samples.statistic("drop", "picked_up", variant, Samples.DAY, exposed, pickedUp, pickedUp, pickedUp));
        rows.add(Samples.statistic("drop", "preordered", variant, Samples.DAY, exposed, 30, 30, 30));
        rows.add(Samples.statistic(
                "drop", "preordered", variant, "showroom", "lisboa", Samples.DAY, exposed, 30, 30, 30));
        life(rows, variant, "entered", 0, exposed);
        life(rows, variant, "picked_up", 3, early);
        life(rows, variant, "picked_up", 11, pickedUp - early);
        life(rows, variant, "cancelled", 7, 5);
        life(rows, variant, "no_show", 95, 4);
    }

    private static void life(List<ResultRow> rows, String variant, String kind, long bin, long n) {
        rows.add(new LifeTableCount("drop", variant, "exposure", 0, kind, bin, Samples.DAY, n));
    }

    private SpecialSamples() {}
}
