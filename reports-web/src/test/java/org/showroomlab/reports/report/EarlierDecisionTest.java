package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.BuiltInMetrics;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.SpecialSamples;
import org.showroomlab.reports.store.DecisionSnapshot;
import org.showroomlab.reports.store.RecordedLook;
import org.showroomlab.reports.store.Store;
import org.showroomlab.stats.verdict.Decision;
import org.showroomlab.stats.verdict.Reason;

/**
 * What the looks of a group-sequential experiment decide stands between them and after them, until a later one says
 * otherwise. The 90 days have 13 stages: the 19th of February is the look of the sixth, the 5th of March that of the eighth.
 */
class EarlierDecisionTest {
    private static final String FIRST = "2026-02-19T00:00:00Z";
    private static final String NEXT_DAY = "2026-02-20T00:00:00Z";
    private static final String SECOND = "2026-03-05T00:00:00Z";
    private static final String AFTER_SECOND = "2026-03-06T00:00:00Z";

    private final Store store = Store.inMemory();

    @AfterEach
    void close() {
        store.close();
    }

    /** Whoever reads on the day after a stop must not be told to ship. */
    @Test
    void harmThatALookRolledBackForIsNotForgottenAtTheNextEvent() {
        store.registerExperiments(List.of(comparison()));
        assertThat(decision(look(FIRST, bought(1_300), complained(600)))).isEqualTo(Decision.SHIP);
        assertThat(decision(look(SECOND, bought(1_300), complained(1_800)))).isEqualTo(Decision.ROLL_BACK);
        Report after = look(AFTER_SECOND, bought(1_300), complained(1_800));
        assertThat(decision(after)).isEqualTo(Decision.ROLL_BACK);
        assertThat(after.verdict().reasons().get(0).text())
                .isEqualTo("The look as of 2026-03-05T00:00:00Z crossed its boundary, and its decision stands.");
    }

    @Test
    void norIsAPrimaryMetricThatTurnedAround() {
        store.registerExperiments(List.of(comparison()));
        assertThat(decision(look(FIRST, bought(1_300), complained(600)))).isEqualTo(Decision.SHIP);
        assertThat(decision(look(SECOND, bought(700), complained(600)))).isEqualTo(Decision.ROLL_BACK);
        assertThat(decision(look(AFTER_SECOND, bought(700), complained(600)))).isEqualTo(Decision.ROLL_BACK);
    }

    /** What is said beside a decision is as true on the day after it. */
    @Test
    void whatShippingHarmsIsSaidAsLongAsItIsToBeShipped() {
        store.registerExperiments(List.of(comparison()));
        List<ResultRow> rows = new ArrayList<>();
        for (String variant : List.of("a", "b")) {
            long returned = variant.equals("a") ? 100 : 200;
            rows.add(Samples.statistic("e", "returned", variant, Samples.DAY, 10_000, returned, returned, returned));
        }
        store.apply(rows, Map.of());
        assertThat(codes(look(FIRST, bought(1_300), complained(600))))
                .containsExactly("success_improved", "secondary_harmed");
        assertThat(codes(look(NEXT_DAY, bought(1_300), complained(600))))
                .containsExactly("boundary_crossed", "secondary_harmed");
    }

    /** Time does not cure it, so it asks between looks as well. */
    @Test
    void aLookThatAskedForAPersonAsksUntilTheNext() {
        LoadedExperiment ttl = SpecialSamples.ttl();
        store.registerExperiments(List.of(ExperimentFiles.parse(
                "t.yaml", ttl.yaml().replace("analysis:", "monitoring: group_sequential\nanalysis:"))));
        List<ResultRow> rows = new ArrayList<>(SpecialSamples.ttlRows(
                6, new long[] {2600, 2300, 2200}, new long[] {0, 1, 2}, new long[] {120, 120, 400}));
        rows.addAll(SpecialSamples.stalls(6, 60, 100, 80));
        store.apply(rows, Map.of());
        assertThat(decision(look("t", FIRST, List.of()))).isEqualTo(Decision.REVIEW);
        Report between = look("t", NEXT_DAY, List.of());
        assertThat(decision(between)).isEqualTo(Decision.REVIEW);
        assertThat(codes(between)).startsWith("review_asked", "contaminated");
        assertThat(between.verdict().reasons().get(0).text()).startsWith("The look as of " + FIRST);
    }

    /** Another arm earns most by now: that one may ship says nothing of the one that was to. */
    @Test
    void anArmThatIsExcludedByNowDoesNotShipBecauseAnotherMay() {
        store.registerExperiments(List.of(prices("999", "499", "599")));
        assertThat(decision(look("p", FIRST, List.of(sold(999, 50), sold(499, 160), sold(599, 52)))))
                .isEqualTo(Decision.SHIP);
        Report after = look("p", NEXT_DAY, List.of(sold(999, 50), sold(499, 160), sold(599, 300)));
        assertThat(decision(after)).isEqualTo(Decision.REVIEW);
        assertThat(codes(after)).contains("boundary_crossed", "revenue_excludes_arm", "revenue_favours_arm");
    }

    /** That another arm harms a guardrail says nothing for the one that was to ship. */
    @Test
    void anOpenQuestionKeepsFromShippingWhatOnceWasToShip() {
        store.registerExperiments(List.of(ExperimentFiles.parse(
                "p.yaml",
                prices("999", "499", "599")
                        .yaml()
                        .replace(
                                "metrics:",
                                "metrics:\n  - {id: complained, type: proportion, event: visit, goal: decrease, role:"
                                        + " guardrail, margin: 0.5}"))));
        List<ResultRow> complaints = List.of(complained(999, 60), complained(499, 60), complained(599, 260));
        Report first = look("p", FIRST, List.of(sold(999, 50), sold(499, 160), sold(599, 52), complaints));
        assertThat(decision(first)).isEqualTo(Decision.SHIP);
        assertThat(codes(first)).contains("harm_stop");
        Report after = look("p", NEXT_DAY, List.of(sold(999, 50), sold(499, 160), sold(599, 130), complaints));
        assertThat(codes(after)).contains("arms_not_separated");
        assertThat(decision(after)).isEqualTo(Decision.KEEP_RUNNING);
    }

    private static ResultRow complained(long price, long visitors) {
        return Samples.statistic("p", "complained", "p" + price, Samples.DAY, 1_000, visitors, visitors, visitors);
    }

    /** A note that something stops no test is not harm at the next look. */
    @Test
    void whatIsOnlyNotedDoesNotSpeakAgainstADecision() {
        store.registerExperiments(List.of(prices("499", "999")));
        for (String moment : List.of(FIRST, NEXT_DAY, SECOND, AFTER_SECOND)) {
            List<ResultRow> rows = new ArrayList<>(sold(499, 120));
            rows.addAll(sold(999, 85));
            rows.add(Samples.statistic("p", "paid", "p499", Samples.DAY, 1_000, 300, 300, 300));
            rows.add(Samples.statistic("p", "paid", "p999", Samples.DAY, 1_000, 500, 500, 500));
            Report report = look("p", moment, List.of(rows));
            assertThat(decision(report)).as(moment).isEqualTo(Decision.SHIP);
            if (moment.equals(FIRST) || moment.equals(SECOND)) {
                assertThat(codes(report)).endsWith("worse_noted");
            }
        }
    }

    /** A look that shipped by refunds, which were counted for purchases by mistake, says nothing of purchases. */
    @Test
    void aLookAtAnotherPlanDecidesNothing() {
        store.registerExperiments(List.of(comparison()));
        assertThat(decision(look(FIRST, bought(1_300), complained(600)))).isEqualTo(Decision.SHIP);
        for (String[] correction : new String[][] {
            {"event: purchase, goal: increase", "event: purchase, where: {kind: sale}, goal: increase"},
            {"margin: 0.2", "margin: 0.3"},
            {"id: b, weight: 1", "id: b, weight: 1.5"},
        }) {
            store.registerExperiments(List.of(
                    ExperimentFiles.parse("e.yaml", comparison().yaml().replace(correction[0], correction[1]))));
            Report corrected = ReportAssembler.assemble(store, "e");
            assertThat(looks(corrected).decided()).as(correction[0]).isNull();
            assertThat(looks(corrected).looks()).hasSize(1);
        }
        // What is only shown is no plan, nor is how the same one is written, and an earlier one is known again.
        List<String> lines = comparison().yaml().lines().collect(Collectors.toCollection(ArrayList::new));
        lines.sort(Comparator.comparing(line -> line.contains("role: primary")));
        assertThat(lines).isNotEqualTo(comparison().yaml().lines().toList());
        store.registerExperiments(List.of(ExperimentFiles.parse(
                "e.yaml",
                String.join("\n", lines)
                        .replace("Sample e", "Another name")
                        .replace("id: returned", "id: sent")
                        .replace("weight: 1", "weight: 2"))));
        assertThat(codes(look(NEXT_DAY, bought(1_010), complained(600)))).startsWith("boundary_crossed");
    }

    /** Neither what was decided at the first end nor, once the second has come, what is decided then is of the other. */
    @Test
    void anEndThatIsPutOffIsDecidedAgain() {
        LoadedExperiment longer =
                ExperimentFiles.parse("e.yaml", comparison().yaml().replace("end: 2026-04-05", "end: 2026-07-04"));
        store.registerExperiments(List.of(comparison()));
        look("2026-04-20T00:00:00Z", bought(1_300), complained(600));
        assertThat(decidedAsOf()).isEqualTo("2026-04-20T00:00:00Z");
        store.registerExperiments(List.of(longer));
        look("2026-04-21T00:00:00Z", bought(1_000), complained(600));
        assertThat(decidedAsOf()).isEqualTo("null");
        look("2026-07-20T00:00:00Z", bought(1_000), complained(600));
        assertThat(decidedAsOf()).isEqualTo("2026-07-20T00:00:00Z");
        store.registerExperiments(List.of(comparison()));
        assertThat(decidedAsOf()).isEqualTo("2026-04-20T00:00:00Z");
    }

    private String decidedAsOf() {
        DecisionSnapshot decided = ReportAssembler.assemble(store, "e").decided();
        return decided == null ? "null" : decided.asOf().toString();
    }

    /**
     * At the end the test of one look says ship; with twice the time that was half of the information, and what had been
     * shown by then is not enough for it.
     */
    @Test
    void anEndThatIsPutOffHasDecidedNothingButIsALook() {
        store.registerExperiments(List.of(comparison()));
        assertThat(decision(look("2026-04-06T00:00:00Z", bought(1_105), complained(600))))
                .isEqualTo(Decision.SHIP);
        store.registerExperiments(List.of(
                ExperimentFiles.parse("e.yaml", comparison().yaml().replace("end: 2026-04-05", "end: 2026-07-04"))));
        Report longer = look("2026-04-08T00:00:00Z", bought(1_105), complained(600));
        assertThat(decision(longer)).isEqualTo(Decision.KEEP_RUNNING);
        assertThat(looks(longer).present()).isFalse();
        assertThat(looks(longer).looks().get(0).information()).isEqualTo(0.5);
        Report later = look("2026-05-20T00:00:00Z", bought(1_300), complained(600));
        assertThat(decision(later)).isEqualTo(Decision.SHIP);
    }

    /** The sixth stage begins at 12:55, in an hour of which a look is kept already; the hour has no second try at it. */
    @Test
    void theLookOfAStageIsKeptWhateverElseIsKeptOfItsHour() {
        store.registerExperiments(List.of(comparison()));
        assertThat(decision(look("2026-02-15T12:50:00Z", bought(1_010), complained(600))))
                .isEqualTo(Decision.KEEP_RUNNING);
        for (int again = 0; again < 2; again++) {
            assertThat(decision(look("2026-02-15T12:58:00Z", bought(1_300), complained(600))))
                    .isEqualTo(Decision.SHIP);
        }
        Report later = look("2026-02-15T12:59:00Z", bought(1_010), complained(600));
        assertThat(looks(later).present()).isFalse();
        assertThat(codes(later)).startsWith("boundary_crossed");
        assertThat(recorded()).hasSize(2);
        // At the end every report decides, and one in an hour is kept.
        for (String ended : List.of("2026-04-05T00:00:00Z", "2026-04-05T00:10:00Z", "2026-04-05T00:20:00Z")) {
            look(ended, bought(1_300), complained(600));
        }
        assertThat(recorded()).hasSize(3);
    }

    private List<RecordedLook> recorded() {
        return store.read(reader -> reader.looks("e"));
    }

    private static SequentialLooks looks(Report report) {
        SequentialLooks looks = report.looks();
        if (looks == null) {
            throw new AssertionError("no looks");
        }
        return looks;
    }

    private static LoadedExperiment twoPrimaries() {
        return ExperimentFiles.parse("e.yaml", """
                id: e
                start: 2026-01-05T00:00:00Z
                end: 2026-04-05T00:00:00Z
                monitoring: group_sequential
                variants: [{id: a, control: true}, {id: b}, {id: c}]
                metrics:
                  - {id: bought, type: proportion, event: purchase, goal: increase, role: primary}
                  - {id: subscribed, type: proportion, event: purchase, goal: increase, role: primary}
                """);
    }

    /** Of 10,000 visitors of an arm, so many bought and so many subscribed. */
    private static List<ResultRow> primaries(String variant, long bought, long subscribed) {
        return List.of(
                Samples.statistic("e", "", variant, Samples.DAY, 10_000, 0),
                Samples.statistic("e", "bought", variant, Samples.DAY, 10_000, bought, bought, bought),
                Samples.statistic("e", "subscribed", variant, Samples.DAY, 10_000, subscribed, subscribed, subscribed));
    }

    /** What is better with b does not ship while the other primary metric of b is stopped for harm; c may. */
    @Test
    void aLookDoesNotShipTheArmThatItStops() {
        store.registerExperiments(List.of(twoPrimaries()));
        List<ResultRow> control = primaries("a", 1_000, 1_000);
        List<ResultRow> both = primaries("b", 1_500, 860);
        Report first = look("e", FIRST, List.of(control, both, primaries("c", 1_000, 1_000)));
        assertThat(codes(first)).startsWith("harm_stop").doesNotContain("success_improved");
        assertThat(decision(first)).isEqualTo(Decision.KEEP_RUNNING);
        assertThat(decision(look("e", NEXT_DAY, List.of()))).isEqualTo(Decision.KEEP_RUNNING);

        Report second = look("e", SECOND, List.of(control, both, primaries("c", 1_400, 1_000)));
        assertThat(decision(second)).isEqualTo(Decision.SHIP);
        assertThat(second.verdict().reasons())
                .filteredOn(reason -> reason.code().equals("success_improved"))
                .extracting(Reason::variant)
                .containsExactly("c");
        assertThat(decision(look("e", AFTER_SECOND, List.of()))).isEqualTo(Decision.SHIP);
    }

    /** 720 instead of 600 complained, which is surely more (z = 3.4) and surely less than the half more that is tolerated. */
    @Test
    void aGuardrailWithinItsMarginIsNoHarm() {
        store.registerExperiments(
                List.of(ExperimentFiles.parse("e.yaml", comparison().yaml().replace("margin: 0.2", "margin: 0.5"))));
        Report report = look(FIRST, bought(1_300), complained(720));
        assertThat(codes(report)).containsExactly("success_improved");
        assertThat(decision(report)).isEqualTo(Decision.SHIP);
    }

    private Report look(String experiment, String newest, List<List<ResultRow>> rows) {
        List<ResultRow> all = new ArrayList<>();
        rows.forEach(all::addAll);
        all.add(Samples.accounting("events.ndjson", newest));
        store.apply(all, Map.of());
        Report report = ReportAssembler.assemble(store, experiment);
        LookRecorder.record(store, Instant.parse("2026-07-01T00:00:00Z"));
        return report;
    }

    private Report look(String newest, List<ResultRow> bought, List<ResultRow> complained) {
        return look("e", newest, List.of(bought, complained));
    }

    private static LoadedExperiment comparison() {
        return Samples.experiment("e", """
                monitoring: group_sequential
                metrics:
                  - {id: bought, type: proportion, event: purchase, goal: increase, role: primary}
                  - {id: returned, type: proportion, event: purchase, goal: decrease, role: secondary}
                  - {id: complained, type: proportion, event: visit, goal: decrease, role: guardrail, margin: 0.2}
                """);
    }

    private static List<ResultRow> bought(long treatment) {
        return List.of(
                Samples.statistic("e", "", "a", Samples.DAY, 10_000, 0),
                Samples.statistic("e", "", "b", Samples.DAY, 10_000, 0),
                Samples.statistic("e", "bought", "a", Samples.DAY, 10_000, 1_000, 1_000, 1_000),
                Samples.statistic("e", "bought", "b", Samples.DAY, 10_000, treatment, treatment, treatment));
    }

    private static List<ResultRow> complained(long treatment) {
        return List.of(
                Samples.statistic("e", "complained", "a", Samples.DAY, 10_000, 600, 600, 600),
                Samples.statistic("e", "complained", "b", Samples.DAY, 10_000, treatment, treatment, treatment));
    }

    private static LoadedExperiment prices(String control, String... treatments) {
        StringBuilder variants =
                new StringBuilder("  - {id: p" + control + ", control: true, price_minor: " + control + "}\n");
        for (String price : treatments) {
            variants.append("  - {id: p" + price + ", price_minor: " + price + "}\n");
        }
        return ExperimentFiles.parse("p.yaml", """
                id: p
                analysis: price_elasticity
                start: 2026-01-05T00:00:00Z
                end: 2026-04-05T00:00:00Z
                currency: EUR
                monitoring: group_sequential
                metrics:
                  - {id: conversion, type: proportion, event: purchase, where: {kind: subscription}, role: primary}
                  - {id: paid, type: proportion, event: purchase, role: primary}
                variants:
                """ + variants);
    }

    /** Of 1,000 visitors of a price so many bought. */
    private static List<ResultRow> sold(long price, long buyers) {
        String variant = "p" + price;
        return List.of(
                Samples.statistic("p", "", variant, Samples.DAY, 1_000, 0),
                Samples.statistic("p", "conversion", variant, Samples.DAY, 1_000, buyers, buyers, buyers),
                Samples.statistic("p", "paid", variant, Samples.DAY, 1_000, buyers, buyers, buyers),
                Samples.statistic("p", BuiltInMetrics.CONVERSION, variant, Samples.DAY, 1_000, buyers, buyers, buyers));
    }

    private static Decision decision(Report report) {
        return report.verdict().decision();
    }

    private static List<String> codes(Report report) {
        return report.verdict().reasons().stream().map(Reason::code).toList();
    }
}
