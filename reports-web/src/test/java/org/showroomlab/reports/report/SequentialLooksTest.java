package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.reports.store.RecordedLook;

/** Whether all looks of an experiment together find a difference that is none as often as its file allows. */
class SequentialLooksTest {
    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    private static final int LOOKS = 8;
    private static final int TESTS = 100_000;

    /** By the share of time, the looks would be taken for more alike than they are, and .07 of A/A tests found something. */
    @Test
    void trafficThatDoublesFromLookToLook() {
        assertThat(foundOfNothing(1, look -> 100.0 * (1 << look))).isBetween(0.048, 0.052);
    }

    /** All have come at the first look, and what they do goes on to be counted: by units alone it would be .062. */
    @Test
    void unitsThatStayAndTellMore() {
        assertThat(foundOfNothing(1, look -> 9_000, look -> look + 1.0)).isBetween(0.048, 0.052);
    }

    /** Of five guardrails: a fifth of each look's own level would find harm in .053 of A/A tests. */
    @Test
    void harmToAnyOfFive() {
        IntToDoubleFunction even = look -> 1_000.0 * (look + 1);
        double[] needed = needed(1, even, looks -> looks.harmAlpha(0.2));
        assertThat(found(5, needed, even, z -> z)).isBetween(0.046, 0.051);
    }

    @Test
    void evenTraffic() {
        assertThat(foundOfNothing(1, look -> 1_000.0 * (look + 1))).isBetween(0.048, 0.052);
    }

    /** Holm's first step among four: a quarter of each look's own level would find something in .054 of A/A tests. */
    @Test
    void fourComparisons() {
        assertThat(foundOfNothing(4, look -> 1_000.0 * (look + 1))).isBetween(0.046, 0.051);
    }

    /** What was counted at a look may be taken back since. */
    @Test
    void unitsThatWereTakenBack() {
        assertThat(looks(1, List.of(look(1, 500)), 2, 400).looks())
                .extracting(SequentialLooks.Look::maturedUnits)
                .containsExactly(500L, 400L);
    }

    @Test
    void anEndWithoutUnits() {
        assertThat(looks(1, List.of(), LOOKS, 0).looks())
                .singleElement()
                .satisfies(end -> assertThat(end.z()).isCloseTo(1.96, within(0.001)));
    }

    private static double foundOfNothing(int comparisons, IntToDoubleFunction unitsAt) {
        return foundOfNothing(comparisons, unitsAt, unitsAt);
    }

    /** The share of A/A tests in which the clearest comparison has a p-value that Holm's rule takes, at any look. */
    private static double foundOfNothing(
            int comparisons, IntToDoubleFunction unitsAt, IntToDoubleFunction informationAt) {
        double[] needed = needed(comparisons, unitsAt, looks -> looks.alpha() / 2 / comparisons);
        return found(comparisons, needed, informationAt, Math::abs);
    }

    private static double found(
            int comparisons, double[] needed, IntToDoubleFunction informationAt, DoubleUnaryOperator statistic) {
        SplittableRandom random = new SplittableRandom(11);
        long found = IntStream.range(0, TESTS)
                .filter(test -> IntStream.range(0, comparisons)
                                .filter(c -> crosses(random, needed, informationAt, statistic))
                                .count()
                        > 0)
                .count();
        return (double) found / TESTS;
    }

    private static boolean crosses(
            SplittableRandom random,
            double[] needed,
            IntToDoubleFunction informationAt,
            DoubleUnaryOperator statistic) {
        boolean crosses = false;
        double sum = 0;
        double before = 0;
        for (int look = 0; look < LOOKS; look++) {
            double information = informationAt.applyAsDouble(look);
            sum += Math.sqrt(information - before) * random.nextGaussian();
            before = information;
            crosses |= statistic.applyAsDouble(sum / Math.sqrt(information)) > needed[look];
        }
        return crosses;
    }

    /** The z that the clearest comparison needs at each look, as each look says it. */
    private static double[] needed(
            int comparisons, IntToDoubleFunction unitsAt, ToDoubleFunction<SequentialLooks> oneSidedLevel) {
        List<RecordedLook> history = new ArrayList<>();
        double[] needed = new double[LOOKS];
        for (int look = 0; look < LOOKS; look++) {
            long units = Math.round(unitsAt.applyAsDouble(look));
            double level = oneSidedLevel.applyAsDouble(looks(comparisons, history, look + 1, units));
            needed[look] = NormalDistribution.of(0, 1).inverseSurvivalProbability(level);
            history.add(look(look + 1, units));
        }
        return needed;
    }

    /** What is known at the end of that eighth of two days. */
    private static SequentialLooks looks(int comparisons, List<RecordedLook> history, int eighth, long units) {
        return SequentialLooks.of(
                experiment(comparisons),
                at(eighth),
                eighth == LOOKS ? Status.ENDED : Status.RUNNING,
                new Information(units, units, planned(eighth, units), 0, 0),
                history);
    }

    private static RecordedLook look(int eighth, long units) {
        return new RecordedLook(
                at(eighth), "keep_running", false, units, planned(eighth, units), Set.of(), false, null);
    }

    private static Instant at(int eighth) {
        return START.plus(Duration.ofHours(6L * eighth));
    }

    /** At the rate so far. */
    private static long planned(int eighth, long units) {
        return units * LOOKS / eighth;
    }

    private static Experiment experiment(int comparisons) {
        StringBuilder yaml = new StringBuilder("""
                id: e
                start: 2026-01-05T00:00:00Z
                end: 2026-01-07T00:00:00Z
                currency: EUR
                monitoring: group_sequential
                variants:
                  - {id: a, weight: 1, control: true}
                  - {id: b, weight: 1}
                metrics:
                """);
        IntStream.range(0, comparisons)
                .forEach(i -> yaml.append("  - {id: m")
                        .append(i)
                        .append(", type: proportion, event: purchase, role: primary}\n"));
        return ExperimentFiles.parse("d.yaml", yaml.toString()).experiment();
    }
}
