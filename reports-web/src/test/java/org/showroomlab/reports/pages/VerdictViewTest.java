package org.showroomlab.reports.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.SpecialSamples;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.ReportAssembler;
import org.showroomlab.reports.store.Store;

/** What a reader takes along in ten seconds. */
class VerdictViewTest {
    private static final String GUARDRAIL =
            "  - {id: visited, type: proportion, event: visit, role: guardrail, margin: 0.2}\n";
    private static final String SHOWN =
            "bought changed by +30.0 % with c. 1 other variant is significantly better than the control, too.";

    private static LoadedExperiment experiment(String correction, String more) {
        return ExperimentFiles.parse("e.yaml", """
                id: e
                start: 2026-01-05T00:00:00Z
                end: 2026-04-05T00:00:00Z
                correction: %s
                variants: [{id: a, control: true}, {id: b}, {id: c}, {id: d}]
                metrics:
                  - {id: bought, type: proportion, event: purchase, role: primary}
                  - {id: came, type: proportion, event: visit, role: secondary}
                """.formatted(correction) + more);
    }

    /** Of 10,000 per arm, 1,000 bought in a, and in the others these. */
    private static List<ResultRow> rows(long b, long c, long d) {
        List<ResultRow> rows = new ArrayList<>();
        add(rows, "a", 1_000);
        add(rows, "b", b);
        add(rows, "c", c);
        add(rows, "d", d);
        rows.add(Samples.accounting("events.ndjson", "2026-04-06T00:00:00Z"));
        return rows;
    }

    private static void add(List<ResultRow> rows, String variant, long bought) {
        rows.add(Samples.statistic("e", "", variant, Samples.DAY, 10_000, 0));
        rows.add(Samples.statistic("e", "bought", variant, Samples.DAY, 10_000, bought, bought, bought));
        rows.add(Samples.statistic("e", "came", variant, Samples.DAY, 10_000, 5_000, 5_000, 5_000));
        rows.add(Samples.statistic("e", "visited", variant, Samples.DAY, 10_000, 5_000, 5_000, 5_000));
    }

    private static Store store(LoadedExperiment experiment, List<ResultRow> rows) {
        Store store = Store.inMemory();
        store.replace(List.of(experiment), rows);
        return store;
    }

    private static VerdictView view(LoadedExperiment experiment, List<ResultRow> rows) {
        try (Store store = store(experiment, rows)) {
            return VerdictView.of(
                    ReportAssembler.assemble(store, experiment.experiment().id()));
        }
    }

    @Test
    void theLargestImprovementIsNamedAndTheOthersCounted() {
        VerdictView view = view(experiment("holm", ""), rows(1_200, 1_300, 1_000));
        assertThat(view.label()).isEqualTo("Ship");
        assertThat(view.sentence()).isEqualTo(SHOWN);
        assertThat(view(experiment("holm", ""), rows(1_010, 1_300, 1_000)).sentence())
                .isEqualTo("bought changed by +30.0 % with c.");
    }

    @Test
    void guardrailsHeldWhereThereAreSome() {
        assertThat(view(experiment("holm", GUARDRAIL), rows(1_200, 1_300, 1_000))
                        .sentence())
                .isEqualTo(SHOWN + " Every guardrail of c and of b held.");
    }

    @Test
    void theLargestHarmIsNamed() {
        VerdictView view = view(experiment("holm", ""), rows(800, 700, 900));
        assertThat(view.label()).isEqualTo("Roll back");
        assertThat(view.sentence())
                .isEqualTo(
                        "bought changed by −30.0 % with c. 2 other variants are significantly worse than the control, too.");
    }

    @Test
    void anExperimentThatHasNotBegunSaysWhenItDoes() {
        List<ResultRow> before = List.of(Samples.accounting("events.ndjson", "2026-01-04T23:59:59Z"));
        VerdictView view = view(experiment("holm", ""), before);
        assertThat(view.sentence()).isEqualTo("The experiment has not begun: it starts on 5 Jan 2026.");
        assertThat(view.why()).isEqualTo(view.sentence());
        List<ResultRow> begun = List.of(Samples.accounting("events.ndjson", "2026-01-05T00:00:00Z"));
        assertThat(view(experiment("holm", ""), begun).sentence()).startsWith("There is no decision yet");
    }

    /** The summary has one line for it, and files say the same. */
    @Test
    void everyFormatSaysTheSame() {
        try (Store store = store(experiment("holm", ""), rows(1_200, 1_300, 1_000))) {
            for (Format format : List.of(Format.HTML, Format.JSON, Format.IPYNB)) {
                String summary = new String(Reports.renderSummary(store, format), StandardCharsets.UTF_8);
                assertThat(summary.replace("\\", "")).as(format.toString()).contains(SHOWN);
                String report = new String(Reports.render(store, "e", format), StandardCharsets.UTF_8);
                assertThat(report.replace("\\", "")).as(format.toString()).contains(SHOWN);
            }
        }
    }

    /** The table corrects as the file asks, the verdict by Holm. */
    @Test
    void theTableSaysWhyTheVerdictsPValueMayDiffer() {
        try (Store store = store(experiment("none", ""), rows(1_200, 1_300, 1_000))) {
            Report report = ReportAssembler.assemble(store, "e");
            assertThat(ReportPage.of(report).correction())
                    .contains("p-values are not corrected; within a dimension")
                    .endsWith("The verdict's p-values are by Holm over the 3 primary comparisons, and may differ.");
            assertThat(report.verdict().reasons().get(0).text())
                    .isEqualTo(
                            "bought (c) changed by +3.00 pp [+2.12, +3.88] pp, p\u00a0<\u00a0.0001 by Holm over the 3"
                                    + " primary comparisons.");
        }
    }

    /** The arm that changed most is not the one to keep pages for: a longer TTL than needed is older pages. */
    @Test
    void theRecommendedTtlIsNamed() {
        List<ResultRow> rows = SpecialSamples.ttlRows(6, false);
        for (String variant : List.of("t60", "t300", "t900")) {
            int arm = List.of("t60", "t300", "t900").indexOf(variant);
            for (int g = 0; g < 6; g++) {
                long stalls = 60 + g + (arm == 1 ? 40 : 20L * (arm / 2));
                rows.add(Samples.cluster(
                        "t", "stalls", variant, "c" + arm + "-" + g, 0, Samples.DAY, stalls, stalls, stalls * stalls));
            }
        }
        rows.add(Samples.accounting("events.ndjson", "2026-04-06T00:00:00Z"));
        VerdictView view = view(SpecialSamples.ttl(), rows);
        assertThat(view.label()).isEqualTo("Ship");
        assertThat(view.sentence())
                .startsWith("Keep pages for 900 seconds (t900). stalls changed by ")
                .endsWith(" with t900. 1 other variant is significantly better than the control, too.");
    }
}
