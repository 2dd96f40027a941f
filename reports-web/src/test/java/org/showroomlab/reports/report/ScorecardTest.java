package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.ScorecardSamples;
import org.showroomlab.reports.store.Store;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.many.ProgrammePace;
import org.showroomlab.stats.many.ProgrammeScorecard;
import org.showroomlab.stats.verdict.Decision;

/**
 * What finished experiments achieved together. The numbers are of this recipe in Python with numpy 2.4 and scipy 1.17:
 *
 * <pre>{@code
 * x0 = np.full(9, 1000.); x1 = np.array([1200, 1010, 900, 1100, 950, 1300, 1050, 1150, 850.]); n = 10000
 * sign = np.array([1] * 8 + [-1.]); ship = np.array([1, 0, 0, 1, 0, 1, 0, 1, 1], bool)
 * y = sign * np.log(x1 / x0); v = (1 - x0 / n) / x0 + (1 - x1 / n) / x1
 * def nll(t):
 *     w = 1 / (v + t); m = (w * y).sum() / w.sum()
 *     return .5 * (np.log(v + t).sum() + np.log(w.sum()) + (w * (y - m) ** 2).sum())
 * t = minimize_scalar(nll, bounds=(0, .1), method='bounded', options=dict(xatol=1e-14)).x
 * w = 1 / (v + t); mu = (w * y).sum() / w.sum(); se = w.sum() ** -.5
 * B = v / (v + t); s = (1 - B) * y + B * mu
 * impact = s[ship].sum(); sd = np.sqrt((t * B)[ship].sum() + (B[ship].sum() * se) ** 2)
 * avoided = np.maximum(0, -s[~ship]).sum()
 * }</pre>
 */
class ScorecardTest {
    private static final Offset<Double> CLOSE = within(1e-6);

    private final Summary summary = ScorecardSamples.summary();
    private final Scorecard scorecard = summary.scorecard();

    private static List<String> ids(List<FinishedExperiment> experiments) {
        return experiments.stream().map(FinishedExperiment::id).toList();
    }

    @Test
    void paceCountsAllThatAreFinished() {
        assertThat(ids(scorecard.finished()))
                .containsExactly("e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8", "e9", "e10");
        ProgrammePace pace = scorecard.pace().orElseThrow();
        assertThat(pace).isEqualTo(new ProgrammePace(10, 5, 90));
        assertThat(pace.winRate()).isEqualTo(0.5);
        assertThat(pace.perThirtyDays()).isCloseTo(10 / 3.0, within(1e-12));
        // Wilson's of 5 in 10, with the score's formula in Python: 0.5 ± z √(0.25/10 + z²/400) / (1 + z²/10)
        assertThat(pace.winRateInterval().low()).isCloseTo(0.2365930905, within(1e-9));
        assertThat(pace.winRateInterval().high()).isCloseTo(0.7634069095, within(1e-9));
    }

    @Test
    void effectsAreShrunkenTowardsTheirMean() {
        ProgrammeScorecard card = scorecard.achieved().orElseThrow();
        assertThat(card.effects().tau2()).isCloseTo(0.0121998525, CLOSE);
        assertThat(card.effects().mu()).isCloseTo(0.0833333531, CLOSE);
        assertThat(card.effects().muStdError()).isCloseTo(0.0393860923, CLOSE);
        ProgrammeEffect raw = scorecard.raw("e1").orElseThrow();
        assertThat(raw.benefit()).isCloseTo(0.1823215568, CLOSE);
        assertThat(raw.stdError()).isCloseTo(0.0404145188, CLOSE);
        assertThat(raw.change()).isCloseTo(0.2, within(1e-12));
        assertThat(scorecard.shrunken("e1").orElseThrow()).isCloseTo(0.1706336684, CLOSE);
        assertThat(scorecard.shrunken("e3").orElseThrow()).isCloseTo(-0.0798048584, CLOSE);
        assertThat(scorecard.shrunken("e7").orElseThrow()).isCloseTo(0.0531287402, CLOSE);
    }

    @Test
    void impactIsOfWhatShippedAndAvoidedLossOfTheRest() {
        ProgrammeScorecard card = scorecard.achieved().orElseThrow();
        assertThat(card.experiments()).isEqualTo(9);
        assertThat(card.impact()).isCloseTo(0.7908807395, CLOSE);
        Interval ci = card.impactInterval();
        assertThat(Math.expm1(ci.low())).isCloseTo(0.8489917089, within(1e-5));
        assertThat(Math.expm1(ci.high())).isCloseTo(1.6303607672, within(1e-5));
        assertThat(card.avoidedLoss()).isCloseTo(0.1133494347, CLOSE);
    }

    /** What fell by 15 % and should fall is a benefit, and its change is still a fall. */
    @Test
    void lessIsBetterWhereTheGoalSaysSo() {
        ProgrammeEffect raw = scorecard.raw("e9").orElseThrow();
        assertThat(raw.benefit()).isCloseTo(0.1625189295, CLOSE);
        assertThat(raw.change()).isCloseTo(-0.15, within(1e-12));
        assertThat(raw.change(scorecard.shrunken("e9").orElseThrow())).isCloseTo(-0.1405639270, CLOSE);
    }

    @Test
    void ofSeveralTreatmentsTheOneOfTheVerdictCounts() {
        ProgrammeEffect raw = scorecard.raw("e8").orElseThrow();
        assertThat(raw.variant()).isEqualTo("c");
        assertThat(raw.benefit()).isCloseTo(0.1397619424, CLOSE);
        assertThat(scorecard.raw("e2").orElseThrow().variant()).isEqualTo("b");
    }

    @Test
    void whatCannotCarryAVerdictIsLeftOut() {
        assertThat(ids(scorecard.leftOut())).containsExactly("e10");
        assertThat(scorecard.raw("e10").code()).contains("blocked");
        assertThat(scorecard.raw("e10").reason().orElseThrow()).contains("10000", "12000");
        assertThat(scorecard.shrunken("e10").code()).contains("blocked");
    }

    @Test
    void whatRunsIsNotFinished() {
        assertThat(scorecard.raw("e11").code()).contains("not_finished");
        assertThat(scorecard.shrunken("e11").code()).contains("not_finished");
    }

    /** It would have lost, as it were. */
    @Test
    void whatNobodyWasInHasTestedNothing() {
        LoadedExperiment nobody = Samples.experiment("nobody", """
                metrics:
                  - {id: bought, type: proportion, event: purchase, role: primary}
                """);
        try (Store store = Store.inMemory()) {
            store.replace(List.of(nobody), List.of(Samples.accounting("events.ndjson", "2026-05-06T00:00:00Z")));
            Scorecard of = SummaryAssembler.assemble(store).scorecard();
            assertThat(of.finished()).isEmpty();
            assertThat(of.raw("nobody").code()).contains("not_finished");
        }
    }

    @Test
    void twoExperimentsTeachNoPriorButHaveAPace() {
        try (Store store = ScorecardSamples.young()) {
            Scorecard young = SummaryAssembler.assemble(store).scorecard();
            assertThat(young.achieved().code()).contains("needs_declared_prior");
            assertThat(young.raw("e1").value()).isPresent();
            assertThat(young.shrunken("e1").code()).contains("needs_declared_prior");
            assertThat(young.pace().orElseThrow()).isEqualTo(new ProgrammePace(2, 1, 90));
        }
    }

    /** e1 with its error of .0404 and a prior with .05: 0.00250/(0.00250 + 0.00163) of .1823, and the rest of .01. */
    @Test
    void untilThenADeclaredPriorCountsAndNoLonger() {
        DeclaredPrior prior = DeclaredPrior.parse("0.01,.05");
        try (Store store = ScorecardSamples.young()) {
            Scorecard young = SummaryAssembler.assemble(store, prior).scorecard();
            assertThat(young.declared()).isEqualTo(prior);
            assertThat(young.shrunken("e1").orElseThrow()).isCloseTo(0.1142267481, CLOSE);
            assertThat(young.achieved().orElseThrow().impact())
                    .isCloseTo(young.shrunken("e1").orElseThrow(), within(1e-12));
        }
        try (Store store = ScorecardSamples.store()) {
            Scorecard old = SummaryAssembler.assemble(store, prior).scorecard();
            assertThat(old.declared()).isNull();
            assertThat(old).isEqualTo(SummaryAssembler.assemble(store).scorecard());
        }
    }

    @Test
    void beforeTheFirstIsFinishedThereIsNoPace() {
        try (Store store = Store.inMemory()) {
            Scorecard none = SummaryAssembler.assemble(store).scorecard();
            assertThat(none.finished()).isEmpty();
            assertThat(none.pace().code()).contains("not_enough_data");
            assertThat(none.achieved().code()).contains("needs_declared_prior");
        }
    }

    /** Nearly all that one arm paid is one of ten payments: its mean is no more than its standard error. */
    @Test
    void whatHasNoLogarithmIsLeftOut() {
        try (Store store = Store.inMemory()) {
            store.replace(
                    List.of(Samples.experiment("few", """
                            metrics:
                              - {id: m, type: mean, event: purchase, value: amount_minor, role: primary}
                            """)),
                    List.of(
                            Samples.statistic("few", "", "a", Samples.DAY, 1_000, 0),
                            Samples.statistic("few", "", "b", Samples.DAY, 1_000, 0),
                            Samples.statistic("few", "m", "a", Samples.DAY, 1_000, 10, 100_009, 10_000_000_009L),
                            Samples.statistic("few", "m", "b", Samples.DAY, 1_000, 10, 300_000, 9_000_000_000L),
                            Samples.accounting("events.ndjson", "2026-04-06T00:00:00Z")));
            Summary few = SummaryAssembler.assemble(store);
            assertThat(few.experiments()
                            .get(0)
                            .primary()
                            .comparisons()
                            .get(0)
                            .relative()
                            .value())
                    .isPresent();
            assertThat(few.scorecard().raw("few").code()).contains("no_log_ratio");
        }
    }

    @Test
    void verdictsAreThoseThatTheScorecardCounts() {
        assertThat(summary.experiments())
                .filteredOn(line -> line.report().verdict().decision() == Decision.SHIP)
                .extracting(line -> line.report().experiment().id())
                .containsExactlyElementsOf(ids(scorecard.finished().stream()
                        .filter(FinishedExperiment::shipped)
                        .toList()))
                .containsExactly("e1", "e4", "e6", "e8", "e9");
    }

    @Test
    void experimentsStandAsPeopleCount() {
        assertThat(summary.experiments())
                .extracting(line -> line.report().experiment().id())
                .containsExactly("e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8", "e9", "e10", "e11");
        List<String> names =
                List.of("a", "a-2-b", "a-10", "a-10-b", "e1", "e01", "e2", "e10", "e123456789012345678901");
        assertThat(names.stream().sorted(new NaturalOrder()))
                .containsExactly("a", "a-2-b", "a-10", "a-10-b", "e01", "e1", "e2", "e10", "e123456789012345678901");
    }
}
