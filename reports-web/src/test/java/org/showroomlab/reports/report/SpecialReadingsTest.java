package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.showroomlab.reports.SpecialSamples.BUYERS;
import static org.showroomlab.reports.SpecialSamples.FAST;
import static org.showroomlab.reports.SpecialSamples.PRICES;
import static org.showroomlab.reports.SpecialSamples.SLOW;
import static org.showroomlab.reports.SpecialSamples.TTLS;
import static org.showroomlab.reports.SpecialSamples.bucket;
import static org.showroomlab.reports.SpecialSamples.fast;
import static org.showroomlab.reports.SpecialSamples.market;
import static org.showroomlab.reports.SpecialSamples.price;
import static org.showroomlab.reports.SpecialSamples.priceRows;
import static org.showroomlab.reports.SpecialSamples.slow;
import static org.showroomlab.reports.SpecialSamples.ttl;
import static org.showroomlab.reports.SpecialSamples.ttlRows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.BuiltInMetrics;
import org.showroomlab.ingest.experiment.LoadedExperiment;
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
import org.showroomlab.stats.dose.TtlRecommendation;
import org.showroomlab.stats.many.ComparisonWithBest;
import org.showroomlab.stats.many.RandomEffects;
import org.showroomlab.stats.price.ConstantElasticity;
import org.showroomlab.stats.price.LogitDemand;
import org.showroomlab.stats.price.PriceArm;
import org.showroomlab.stats.quantile.Histogram;
import org.showroomlab.stats.quantile.QuantileEstimate;
import org.showroomlab.stats.quantile.WoodruffQuantile;
import org.showroomlab.stats.verdict.Finding;
import org.showroomlab.stats.verdict.Reason;

/** The readings of special analyses from hand-made rows; the numbers are those of direct calls of the statistics. */
class SpecialReadingsTest {
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
            List<Histogram> histograms = QuantileReportTest.histograms(clusters, 6);
            QuantileEstimate direct =
                    WoodruffQuantile.of(0.75).estimate(histograms).orElseThrow();
            assertThat(reading.arms().get(arm).p75().orElseThrow().estimate())
                    .isCloseTo(direct.estimate(), within(1e-9));
            // They are not quite equally large, so hardly wider than where they are.
            assertThat(reading.arms().get(arm).p75().orElseThrow().ci().high())
                    .isBetween(direct.ci().high(), direct.ci().high() + 1e-3);
            assertThat(reading.arms().get(arm).clusters()).isEqualTo(6);
        }
        Effect slope = ClusterTrend.withDefaults().slope(dosed).orElseThrow();
        assertThat(reading.dose().orElseThrow().goodSlope().orElseThrow()).isEqualTo(slope);
        JsonNode json = json(ttl(), ttlRows(6, false)).get("ttl_speed");
        assertThat(json.at("/arms/2/ttl_seconds").asInt()).isEqualTo(900);
        assertThat(json.at("/arms/0/stale_share/estimate").asDouble()).isZero();
        double views = 0;
        for (int g = 0; g < 6; g++) {
            views += fast(0, g) + slow(0, g);
        }
        // no view of six caches was outdated: with ICC 0.01 they are worth less than half a thousand independent ones
        double worth = views / (1 + (views / 6 - 1) * 0.01);
        assertThat(json.at("/arms/0/stale_share/ci/1").asDouble())
                .isCloseTo(1 - Math.pow(0.025, 1 / worth), within(1e-9))
                .isBetween(0.006, 0.008);
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

    /** Something got better, and yet no TTL may be taken. */
    @Test
    void withoutAnAcceptableTtlNothingShips() {
        TtlSpeedReading reading = (TtlSpeedReading) reading(report(ttl(), ttlRows(6, false)));
        TtlSpeedReading without = new TtlSpeedReading(
                reading.arms(),
                reading.comparisons(),
                reading.dose(),
                Computable.of(new TtlRecommendation(OptionalLong.empty(), List.of(), List.of(60L))),
                reading.compliance(),
                reading.controls(),
                reading.refusal());
        assertThat(without.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.active()).isTrue();
            assertThat(finding.code()).isEqualTo("no_acceptable_arm");
            assertThat(finding.weight()).isEqualTo(Finding.Weight.NEEDS_REVIEW);
        });
        assertThat(reading.findings())
                .filteredOn(Finding::active)
                .extracting(Finding::code)
                .containsExactly("recommended_ttl");
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
