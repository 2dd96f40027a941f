package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.showroomlab.reports.SpecialSamples.ttl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.BuiltInMetrics;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.ClusterStatistic;
import org.showroomlab.jobs.results.HistogramCounts;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.SpecialSamples;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.store.Store;

/** The verdict on TTLs does not contradict which one is recommended. The primary metric is better with both treatments. */
class TtlVerdictTest {
    private static final long[] ALIKE = {2200, 2200, 2200};
    private static final long[] SAME_INP = {120, 120, 120};

    private static String text(long[] slow, long[] stale, long[] inp, Format format, boolean summary) {
        List<ResultRow> rows = new ArrayList<>(SpecialSamples.ttlRows(6, slow, stale, inp));
        rows.addAll(SpecialSamples.stalls(6, 60, 100, 80));
        rows.add(Samples.accounting("events.ndjson", "2026-04-06T00:00:00Z"));
        try (Store store = Store.inMemory()) {
            store.replace(List.of(ttl()), rows);
            byte[] bytes = summary ? Reports.renderSummary(store, format) : Reports.render(store, "t", format);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static JsonNode json(long[] slow, long[] stale, long[] inp) throws IOException {
        return new ObjectMapper().readTree(text(slow, stale, inp, Format.JSON, false));
    }

    private static JsonNode json(List<ResultRow> rows) throws IOException {
        try (Store store = Store.inMemory()) {
            store.replace(List.of(ttl()), rows);
            return new ObjectMapper().readTree(Reports.render(store, "t", Format.JSON));
        }
    }

    /** Objects of 900 s outlive a minute, not a quarter of an hour. Caches that are never switched need no washout. */
    @Test
    void objectsOfTheVariantBeforeNeedAPerson() throws IOException {
        assertThat(codesOfSwitched("period_minutes: 240\nwashout_minutes: 1\n", true))
                .contains("short_washout");
        assertThat(codesOfSwitched("period_minutes: 240\n", true)).contains("short_washout");
        assertThat(codesOfSwitched("period_minutes: 240\nwashout_minutes: 15\n", true))
                .doesNotContain("short_washout");
        assertThat(codesOfSwitched("period_minutes: 240\n", false)).doesNotContain("short_washout");
    }

    private static List<String> codesOfSwitched(String periods, boolean switched) throws IOException {
        LoadedExperiment experiment =
                ExperimentFiles.parse("t.yaml", ttl().yaml().replace("unit: cache\n", "unit: cache\n" + periods));
        List<ResultRow> rows = new ArrayList<>();
        List<String> variants = List.of("t60", "t300", "t900");
        for (int period = 0; period < 24; period++) {
            for (int cache = 0; cache < 9; cache++) {
                String variant = variants.get((cache + (switched ? period : 0)) % 3);
                rows.add(Samples.cluster("t", "stalls", variant, "c" + cache, period, Samples.DAY, 9, 9 + cache, 99));
            }
        }
        variants.forEach(v -> rows.add(Samples.statistic("t", "", v, Samples.DAY, 72, 0)));
        rows.add(Samples.accounting("events.ndjson", "2026-04-06T00:00:00Z"));
        try (Store store = Store.inMemory()) {
            store.replace(List.of(experiment), rows);
            return codes(new ObjectMapper().readTree(Reports.render(store, "t", Format.JSON)));
        }
    }

    private static JsonNode analysis(JsonNode report) {
        return report.at("/analysis/ttl_speed");
    }

    private static List<String> codes(JsonNode report) {
        return report.at("/verdict/reasons").findValuesAsText("code");
    }

    private static String decision(JsonNode report) {
        return report.at("/verdict/decision").asText();
    }

    @Test
    void aContaminatedComparisonDoesNotShip() throws Exception {
        long[] slow = {2600, 2300, 2200};
        long[] stale = {0, 1, 2};
        assertThat(decision(json(slow, stale, SAME_INP))).isEqualTo("ship");
        long[] inp = {120, 120, 400};
        JsonNode report = json(slow, stale, inp);
        assertThat(decision(report)).isEqualTo("review");
        assertThat(codes(report)).startsWith("contaminated");
        assertThat(report.at("/verdict/reasons/0/text").asText()).contains("inp_p75", "no TTL can cause");
        assertThat(analysis(report).at("/negative_controls/0/contaminated").asBoolean())
                .isTrue();
        assertThat(analysis(report).get("recommended_ttl_seconds").isNull()).isTrue();
        assertThat(analysis(report).get("reason_code").asText()).isEqualTo("contaminated");
        assertThat(text(slow, stale, inp, Format.JSON, true)).contains("contaminated");
        assertThat(text(slow, stale, inp, Format.HTML, false))
                .contains("contaminated")
                .doesNotContain("Keep pages for");
    }

    /** Of about a thousand views 400 are outdated under 900 s; as fast as the others, 60 s is recommended. */
    @Test
    void aTtlOverTheStaleBudgetDoesNotShip() throws Exception {
        JsonNode report = json(ALIKE, new long[] {0, 400, 400}, SAME_INP);
        assertThat(analysis(report).get("recommended_ttl_seconds").asInt()).isEqualTo(60);
        assertThat(decision(report)).isEqualTo("review");
        assertThat(codes(report))
                .containsExactly(
                        "stale_budget", "stale_budget", "recommended_ttl", "success_improved", "success_improved");
        assertThat(report.at("/verdict/reasons/0/variant").asText()).isEqualTo("t300");
        assertThat(report.at("/verdict/reasons/2/variant").asText()).isEqualTo("t60");
    }

    /** Every TTL is fresh and fast enough: the smallest one is the control's, and no longer one ships in its place. */
    @Test
    void whereTheControlsTtlIsRecommendedNoOtherShips() throws Exception {
        JsonNode report = json(ALIKE, new long[] {0, 1, 2}, SAME_INP);
        assertThat(analysis(report).get("recommended_ttl_seconds").asInt()).isEqualTo(60);
        assertThat(decision(report)).isEqualTo("review");
        assertThat(codes(report)).containsExactly("recommended_ttl", "success_improved", "success_improved");
        assertThat(report.at("/verdict/headline").asText()).startsWith("The recommended TTL is 60 s (t60)");
    }

    /** 300 s is as fast as 900 s, which is over the budget. */
    @Test
    void theRecommendedTtlShipsWithoutTheOneThatIsOverTheBudget() throws Exception {
        JsonNode report = json(new long[] {2600, 2200, 2200}, new long[] {0, 1, 400}, SAME_INP);
        assertThat(analysis(report).get("recommended_ttl_seconds").asInt()).isEqualTo(300);
        assertThat(decision(report)).isEqualTo("ship");
        assertThat(codes(report)).containsExactly("success_improved", "stale_budget", "recommended_ttl");
        assertThat(report.at("/verdict/reasons/0/variant").asText()).isEqualTo("t300");
        assertThat(report.at("/verdict/headline").asText()).startsWith("Keep pages for 300 seconds (t300).");
    }

    /** Under 900 s about 4.96 % are outdated, and the interval reaches beyond the budget of 5 %. */
    @Test
    void whatIsWithinByItsEstimateIsNotSaidToBeOutside() throws Exception {
        JsonNode report = json(ALIKE, new long[] {400, 400, 52}, SAME_INP);
        String reason =
                "No TTL is shown to be within both the margin and the stale budget; by their estimates these are, but"
                        + " their intervals reach beyond: 900 s.";
        assertThat(analysis(report).get("recommended_ttl_seconds").isNull()).isTrue();
        assertThat(analysis(report).at("/recommendation/reason").asText()).isEqualTo(reason);
        assertThat(decision(report)).isEqualTo("review");
        assertThat(codes(report)).startsWith("no_acceptable_arm");
        assertThat(text(ALIKE, new long[] {400, 400, 52}, SAME_INP, Format.HTML, false))
                .contains(reason);
        assertThat(analysis(json(ALIKE, new long[] {400, 400, 400}, SAME_INP))
                        .at("/recommendation/reason")
                        .asText())
                .isEqualTo("No TTL is shown to be within both the margin and the stale budget.");
    }

    /** With all of it the control's TTL is recommended: knowing less must not ship another. */
    @Test
    void whereNoTtlCanBeRecommendedNoneShips() throws Exception {
        for (String without : List.of("t60", "t900")) {
            List<ResultRow> rows = new ArrayList<>(SpecialSamples.ttlRows(6, ALIKE, new long[] {0, 1, 2}, SAME_INP));
            rows.addAll(SpecialSamples.stalls(6, 60, 100, 80));
            rows.removeIf(row -> row instanceof ClusterStatistic cluster
                    && cluster.variant().equals(without)
                    && cluster.metric().equals(BuiltInMetrics.STALE));
            rows.add(Samples.accounting("events.ndjson", "2026-04-06T00:00:00Z"));
            JsonNode report = json(rows);
            assertThat(decision(report)).as(without).isEqualTo("review");
            assertThat(codes(report)).startsWith("no_recommendation");
            assertThat(report.at("/verdict/reasons/0/text").asText())
                    .isEqualTo("Nothing can be recommended: " + without
                            + ": No view of the arm says what this share is of.");
        }
    }

    /** Of the treatments, or of all arms, only the primary metric is known. */
    @Test
    void whereNothingIsKnownThatARecommendationGoesByNothingShips() throws Exception {
        for (String known : List.of("t60", "none")) {
            List<ResultRow> rows = new ArrayList<>(SpecialSamples.ttlRows(6, ALIKE, new long[] {0, 1, 2}, SAME_INP));
            rows.addAll(SpecialSamples.stalls(6, 60, 100, 80));
            rows.removeIf(row -> row instanceof ClusterStatistic cluster
                    && !cluster.variant().equals(known)
                    && cluster.metric().startsWith("*"));
            rows.removeIf(row -> row instanceof HistogramCounts histogram
                    && !histogram.variant().equals(known));
            rows.add(Samples.accounting("events.ndjson", "2026-04-06T00:00:00Z"));
            JsonNode report = json(rows);
            assertThat(codes(report)).as(known).startsWith("no_recommendation").contains("success_improved");
            assertThat(decision(report)).as(known).isEqualTo("review");
        }
    }

    /** Where one arm has no number, the refusal for all of them says which. */
    @Test
    void aRefusalNamesItsArm() throws Exception {
        List<ResultRow> rows = new ArrayList<>(SpecialSamples.ttlRows(6, ALIKE, new long[] {0, 1, 2}, SAME_INP));
        rows.removeIf(row -> row instanceof ClusterStatistic cluster
                && cluster.variant().equals("t900")
                && cluster.metric().equals(BuiltInMetrics.STALE));
        rows.add(Samples.accounting("events.ndjson", "2026-04-06T00:00:00Z"));
        JsonNode report = json(rows);
        assertThat(analysis(report).get("reason").asText())
                .isEqualTo("t900: No view of the arm says what this share is of.");
        assertThat(codes(report)).contains("stale_budget");
    }
}
