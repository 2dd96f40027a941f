package org.showroomlab.reports.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.showroomlab.reports.ScorecardSamples;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.report.DeclaredPrior;
import org.showroomlab.reports.report.SummaryAssembler;
import org.showroomlab.reports.store.Store;

/** What a product lead reads of a programme; where the numbers are from, the scorecard's own test says. */
class ScorecardViewTest {
    private static ScorecardView full() {
        return new ScorecardView(ScorecardSamples.summary().scorecard());
    }

    private static ScorecardView of(Store store) {
        try (store) {
            return new ScorecardView(SummaryAssembler.assemble(store).scorecard());
        }
    }

    @Test
    void aDeclaredPriorIsCalledDeclared() {
        try (Store store = ScorecardSamples.young()) {
            DeclaredPrior prior = new DeclaredPrior(0.01, 0.05);
            ScorecardView view =
                    new ScorecardView(SummaryAssembler.assemble(store, prior).scorecard());
            assertThat(view.rows().get(4))
                    .isEqualTo(new ScorecardView.Row(
                            "Typical effect",
                            "+1.01 %",
                            "",
                            "Declared, not learned: each effect is shrunken towards it; positive is better. They are said to"
                                    + " differ by 5.13 % (standard deviation)."));
            assertThat(view.notes()).singleElement().asString().contains("towards the declared prior");
            assertThat(new String(Reports.renderSummary(store, prior, Format.JSON), StandardCharsets.UTF_8))
                    .contains("\"method\" : \"normal_normal_declared\"");
        }
    }

    @Test
    void everyFigureHasItsUnitItsSignAndItsMeaning() {
        ScorecardView view = full();
        assertThat(view.title()).isEqualTo("Scorecard of 10 finished experiments");
        assertThat(view.rows())
                .containsExactly(
                        new ScorecardView.Row(
                                "Win rate",
                                "50.0 %",
                                "[23.7, 76.3] %",
                                "5 of 10 finished experiments shipped (Wilson’s interval)."),
                        new ScorecardView.Row(
                                "Velocity",
                                "3.33 per 30 days",
                                "",
                                "10 experiments finished in 90.0 days, from the first start to the last end."),
                        new ScorecardView.Row(
                                "Impact",
                                "+121 %",
                                "[+84.9, +163] %",
                                "Improvement to expect from 5 shipped experiments, each in its own primary metric:"
                                        + " shrunken effects compounded. Positive is better."),
                        new ScorecardView.Row(
                                "Avoided loss",
                                "10.7 %",
                                "",
                                "Loss to expect, had 4 experiments shipped that did not: those of their shrunken effects"
                                        + " that are a harm, compounded."),
                        new ScorecardView.Row(
                                "Typical effect",
                                "+8.69 %",
                                "[+0.616, +17.4] %",
                                "Mean of all 9 effects, which each is shrunken towards; positive is better. Beyond noise"
                                        + " they differ by 11.7 % (standard deviation)."));
        assertThat(view.notes()).hasSize(2);
        assertThat(view.notes().get(0))
                .startsWith("Without an effect, so in win rate and velocity alone: e10. The data cannot carry a"
                        + " verdict: ");
    }

    @Test
    void anExperimentsShrunkenEffectGoesTheWayOfItsMetric() {
        assertThat(full().shrunken("e1", "b")).isEqualTo("shrunken +18.6 %");
        assertThat(full().shrunken("e9", "b")).isEqualTo("shrunken −14.1 %");
        assertThat(full().shrunken("e8", "c")).isEqualTo("shrunken +14.2 %");
        assertThat(full().shrunken("e8", "b")).isEmpty();
        assertThat(full().shrunken("e10", "b")).isEmpty();
        assertThat(full().shrunken("e11", "b")).isEmpty();
    }

    @Test
    void withTooFewOneSentenceSaysWhatIsMissing() {
        ScorecardView view = of(ScorecardSamples.young());
        assertThat(view.rows()).extracting(ScorecardView.Row::name).containsExactly("Win rate", "Velocity");
        assertThat(view.notes())
                .containsExactly(
                        "Impact, avoided loss and shrunken effects are missing: how large effects usually are is"
                                + " learned from at least 8 finished experiments with an effect, and there are 2. Until then a"
                                + " prior that is declared with --prior can stand in.");
        assertThat(of(Store.inMemory()).notes())
                .containsExactly("No experiment is finished yet, so there is nothing to score.");
    }

    @Test
    void everyFormatForPeopleHasIt() {
        try (Store store = ScorecardSamples.store()) {
            for (Format format : List.of(Format.HTML, Format.IPYNB)) {
                String text = new String(Reports.renderSummary(store, format), StandardCharsets.UTF_8);
                assertThat(text.replace("\\", ""))
                        .as(format.toString())
                        .contains("Scorecard of 10 finished experiments", "+121 %", "[+84.9, +163] %", "10.7 %");
            }
            String page = new String(Reports.renderSummary(store, Format.HTML), StandardCharsets.UTF_8);
            assertThat(page).contains("better · shrunken +18.6 %", "better · shrunken −14.1 %");
        }
    }
}
