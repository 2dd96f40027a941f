package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.BuiltInMetrics;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.ingest.experiment.LogBuckets;
import org.showroomlab.jobs.results.ClusterStatistic;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.special.PriceElasticityReading;
import org.showroomlab.reports.special.SpecialReading;
import org.showroomlab.reports.special.TtlSpeedReading;
import org.showroomlab.reports.store.Store;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.clusters.ClusterTrend;
import org.showroomlab.stats.clusters.DosedCluster;
import org.showroomlab.stats.many.ComparisonWithBest;
import org.showroomlab.stats.many.RandomEffects;
import org.showroomlab.stats.price.ConstantElasticity;
import org.showroomlab.stats.price.LogitDemand;
import org.showroomlab.stats.price.PriceArm;
import org.showroomlab.stats.quantile.Histogram;
import org.showroomlab.stats.quantile.QuantileEstimate;
import org.showroomlab.stats.quantile.WoodruffQuantile;
import org.showroomlab.stats.verdict.Reason;

/** The readings of special analyses from hand-made rows; the numbers are those of direct calls of the statistics. */
class SpecialReadingsTest {
    private static final int[] TTLS = {60, 300, 900};
    private static final int[] PRICES = {499, 599, 699};
    private static final long[] SLOW = {2600, 2300, 2200};
    private static final long[] FAST = {1500, 1400, 1300};

    private static LoadedExperiment ttl() {
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

    /** Every arm has its own caches; they differ a little, and the longer the TTL the more of their views are fast. */
    private static List<ResultRow> ttlRows(int cachesPerArm, boolean contaminated) {
        List<ResultRow> rows = new ArrayList<>();
        for (int arm = 0; arm < TTLS.length; arm++) {
            String variant = "t" + TTLS[arm];
            rows.add(Samples.statistic("t", "", variant, Samples.DAY, cachesPerArm, 0));
            for (int g = 0; g < cachesPerArm; g++) {
                String cache = "c" + arm + "-" + g;
                long fast = fast(arm, g);
                long slow = slow(arm, g);
                rows.add(Samples.histogram(
                        "t",
                        BuiltInMetrics.LCP,
                        variant,
                        cache,
                        0,
                        Samples.DAY,
                        Map.of(bucket(FAST[arm]), fast, bucket(SLOW[arm]), slow)));
                rows.add(Samples.cluster(
                        "t", BuiltInMetrics.GOOD, variant, cache, 0, Samples.DAY, fast + slow, fast, fast));
                rows.add(ratio(BuiltInMetrics.HIT, variant, cache, fast, fast + slow));
                rows.add(ratio(BuiltInMetrics.STALE, variant, cache, arm == 0 ? 0 : arm + g % 3, fast + slow));
                rows.add(ratio(BuiltInMetrics.FAILOVER, variant, cache, 10, fast + slow));
                long inp = contaminated && arm == 2 ? 400 : 120 + g;
                rows.add(Samples.histogram(
                        "t",
                        BuiltInMetrics.INP,
                        variant,
                        cache,
                        0,
                        Samples.DAY,
                        Map.of(bucket(inp), 50L, bucket(inp + 40), 50L)));
            }
        }
        return rows;
    }

    private static long fast(int arm, int g) {
        return 700 + 40L * arm + 11L * (g * g % 5);
    }

    private static long slow(int arm, int g) {
        return 320 - 30L * arm + 7L * (g % 4);
    }

    private static int bucket(long millis) {
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

    private static <T> T inStore(LoadedExperiment experiment, List<ResultRow> rows, Function<Store, T> read) {
        List<ResultRow> all = new ArrayList<>(rows);
        all.add(Samples.accounting("events.ndjson", "2026-04-06T00:00:00Z"));
        try (Store store = Store.inMemory()) {
            store.replace(List.of(experiment), all);
            return read.apply(store);
        }
    }

    private static Report report(LoadedExperiment experiment, List<ResultRow> rows) {
        return inStore(
                experiment,
                rows,
                store -> ReportAssembler.assemble(store, experiment.experiment().id()));
    }

    private static String text(LoadedExperiment experiment, List<ResultRow> rows, Format format) {
        return inStore(
                experiment,
                rows,
                store -> new String(
                        Reports.render(store, experiment.experiment().id(), format), StandardCharsets.UTF_8));
    }

    private static SpecialReading reading(Report report) {
        Computable<SpecialReading> analysis = report.analysis();
        if (analysis == null) {
            throw new AssertionError("no reading");
        }
        return analysis.orElseThrow();
    }

    private static JsonNode json(LoadedExperiment experiment, List<ResultRow> rows) throws IOException {
        return new ObjectMapper().readTree(text(experiment, rows, Format.JSON)).get("analysis");
    }

    @Test
    void theSpeedOfEachTtlIsThatOfItsClusters() throws Exception {
        Report report = report(ttl(), ttlRows(6, false));
        TtlSpeedReading reading = (TtlSpeedReading) reading(report);
        List<DosedCluster> dosed = new ArrayList<>();
        for (int arm = 0; arm < TTLS.length; arm++) {
            List<BucketCounts> clusters = new ArrayList<>();
            for (int g = 0; g < 6; g++) {
                clusters.add(BucketCounts.of(
                        new TreeMap<>(Map.of(bucket(FAST[arm]), fast(arm, g), bucket(SLOW[arm]), slow(arm, g)))));
                dosed.add(new DosedCluster(
                        Math.log((double) TTLS[arm]), (double) fast(arm, g) + slow(arm, g), (double) fast(arm, g)));
            }
            List<Histogram> histograms = ClusterReportTest.histograms(clusters, 6);
            QuantileEstimate direct =
                    WoodruffQuantile.of(0.75).estimate(histograms).orElseThrow();
            assertThat(reading.arms().get(arm).p75().orElseThrow().estimate())
                    .isCloseTo(direct.estimate(), within(1e-9));
            assertThat(reading.arms().get(arm).p75().orElseThrow().ci().high())
                    .isCloseTo(direct.ci().high(), within(1e-9));
            assertThat(reading.arms().get(arm).clusters()).isEqualTo(6);
        }
        Effect slope = ClusterTrend.withDefaults().slope(dosed).orElseThrow();
        assertThat(reading.dose().orElseThrow().goodSlope().orElseThrow()).isEqualTo(slope);
        JsonNode json = json(ttl(), ttlRows(6, false)).get("ttl_speed");
        assertThat(json.at("/arms/2/ttl_seconds").asInt()).isEqualTo(900);
        assertThat(json.at("/arms/0/stale_share/estimate").asDouble()).isZero();
        assertThat(json.at("/arms/0/stale_share/ci/1").asDouble()).isBetween(1e-6, 1e-2);
        assertThat(json.at("/dose_response/isotonic")).hasSize(3);
        assertThat(json.at("/dose_response/log_dose/slope").asDouble()).isNegative();
        assertThat(json.at("/recommended_ttl_seconds").isMissingNode()).isFalse();
        assertThat(json.at("/not_excluded")).isNotEmpty();
        assertThat(json.at("/compliance_share").asDouble()).isBetween(0.98, 0.995);
        assertThat(json.at("/negative_controls/0/metric").asText()).isEqualTo("inp_p75");
        assertThat(json.at("/negative_controls/1/reason").asText()).isNotEmpty();
        assertThat(report.metrics()).extracting(m -> m.metric().id()).containsExactly("stalls");
        assertThat(report.notes()).extracting(Reason::code).doesNotContain("contaminated");
    }

    @Test
    void anEffectOnWhatNoTtlCanChangeIsContamination() {
        Report report = report(ttl(), ttlRows(6, true));
        assertThat(report.notes()).extracting(Reason::code).contains("contaminated");
    }

    @Test
    void aDesignThatCannotReachItsLevelIsRefused() throws Exception {
        JsonNode json = json(ttl(), ttlRows(3, false)).get("ttl_speed");
        assertThat(json.get("reason_code").asText()).isEqualTo("too_few_clusters");
        assertThat(json.get("recommended_ttl_seconds").isNull()).isTrue();
        assertThat(json.at("/arms/0/p75_lcp_ms/estimate").isNumber()).isTrue();
    }

    @Test
    void aReportWithoutAnyEventHasReasonsInsteadOfNumbers() throws Exception {
        JsonNode json = json(ttl(), List.of()).get("ttl_speed");
        assertThat(json.at("/arms/0/p75_lcp_ms/estimate").isNull()).isTrue();
        assertThat(json.at("/arms/0/p75_lcp_ms/reason").asText()).isNotEmpty();
        JsonNode price = json(price(), List.of()).get("price_elasticity");
        assertThat(price.get("markets")).isEmpty();
        assertThat(price.get("separated").isNull()).isTrue();
        assertThat(price.get("reason").asText()).isNotEmpty();
    }

    private static LoadedExperiment price() {
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
                metrics:
                  - {id: visits, type: mean, event: visit, role: primary}
                """);
    }

    private static final long[][] BUYERS = {{980, 810, 690}, {510, 420, 330}};

    private static List<ResultRow> priceRows() {
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

    private static ResultRow market(
            String metric, String variant, String market, long n, long events, long y, long yy) {
        return Samples.statistic("p", metric, variant, "market", market, Samples.DAY, n, events, y, yy);
    }

    private static List<PriceArm> arms(int market) {
        List<PriceArm> arms = new ArrayList<>();
        for (int arm = 0; arm < PRICES.length; arm++) {
            arms.add(new PriceArm((double) PRICES[arm], market == 0 ? 10_000 : 5_000, BUYERS[market][arm]));
        }
        return arms;
    }

    @Test
    void pricesAreReadPerMarketAndPooledOverThem() throws Exception {
        Report report = report(price(), priceRows());
        PriceElasticityReading reading = (PriceElasticityReading) reading(report);
        JsonNode json = json(price(), priceRows()).get("price_elasticity");
        assertThat(json.at("/markets/0/market").asText()).isEqualTo("GB");
        assertThat(json.at("/markets/0/currency").asText()).isEqualTo("GBP");
        assertThat(json.at("/markets/1/currency").asText()).isEqualTo("EUR");
        ConstantElasticity pt = ConstantElasticity.fit(arms(0)).orElseThrow();
        ConstantElasticity gb = ConstantElasticity.fit(arms(1)).orElseThrow();
        assertThat(json.at("/markets/1/log_binomial/elasticity").asDouble()).isEqualTo(pt.elasticity());
        LogitDemand logit = LogitDemand.fit(arms(0)).orElseThrow();
        assertThat(json.at("/markets/1/logit/b").asDouble()).isEqualTo(logit.b());
        RandomEffects pooled = RandomEffects.of(
                        new double[] {gb.elasticity(), pt.elasticity()},
                        new double[] {gb.stdError(), pt.stdError()},
                        RandomEffects.Method.DERSIMONIAN_LAIRD)
                .orElseThrow();
        assertThat(reading.elasticity().orElseThrow())
                .isEqualTo(Significance.DEFAULT.normal(pooled.mu(), pooled.muStdError()));
        assertThat(json.at("/pooled/tau2").asDouble()).isEqualTo(pooled.tau2());
        List<ComparisonWithBest> mcb = ComparisonWithBest.of(
                        arms(0).stream().map(PriceArm::revenuePerVisitor).toList(), 0.05)
                .orElseThrow();
        assertThat(json.at("/markets/1/mcb/0/could_be_best").asBoolean())
                .isEqualTo(mcb.get(0).couldBeBest());
        assertThat(json.at("/markets/1/horizons/0/arms/1/estimate").asDouble()).isCloseTo(599 * 0.081, within(1e-9));
        assertThat(json.at("/renewals/0/at/0/renewed").asDouble()).isCloseTo(0.6, within(1e-12));
        assertThat(json.at("/renewals/0/at/0/cancelled").asDouble()).isCloseTo(0.1, within(1e-12));
        assertThat(json.get("separated").asBoolean()).isFalse();
        assertThat(report.verdict().reasons()).extracting(Reason::code).contains("arms_not_separated");
        assertThat(report.metrics().get(0).dimensions()).isEmpty();
    }

    @Test
    void amountsInSeveralCurrenciesAreNotAddedUp() throws Exception {
        List<ResultRow> rows = priceRows();
        rows.add(market(BuiltInMetrics.OWN_CURRENCY, "p499", "GB", 0, 5, 0, 0));
        JsonNode json = json(price(), rows).at("/price_elasticity/markets/0");
        assertThat(json.get("currency").isNull()).isTrue();
        assertThat(json.get("reason_code").asText()).isEqualTo("mixed_currencies");
        assertThat(json.at("/horizons/0/arms/0/estimate").isNull()).isTrue();
        assertThat(json.at("/log_binomial/elasticity").isNumber()).isTrue();
        assertThat(report(price(), rows).verdict().reasons())
                .extracting(Reason::code)
                .contains("mixed_currencies");
    }

    @Test
    void thePageAndTheTableShowTheReadings() {
        List<ResultRow> speed = ttlRows(6, false);
        List<ResultRow> price = priceRows();
        assertThat(text(ttl(), speed, Format.HTML))
                .contains(
                        "TTL and perceived speed",
                        "id=\"ttl-dose-t\"",
                        "id=\"ttl-hits-t\"",
                        "id=\"ttl-stale-t\"",
                        "negative control")
                .doesNotContain("NaN");
        assertThat(text(price(), price, Format.HTML))
                .contains("Price elasticity", "id=\"price-demand-t\"", "DerSimonian")
                .doesNotContain("NaN");
        assertThat(text(ttl(), speed, Format.CSV)).contains("ttl_speed.p75_lcp_ms", "ttl_speed.p75_per_e_fold");
        assertThat(text(price(), price, Format.CSV))
                .contains("price_elasticity.elasticity", "price_elasticity.revenue_30_days");
    }
}
