package org.showroomlab.reports.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.Metric.Goal;
import org.showroomlab.reports.report.Comparison;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;

class DirectionTest {
    private static final Effect UP = Significance.DEFAULT.normal(3, 1.2);
    private static final Effect DOWN = Significance.DEFAULT.normal(-3, 1.2);
    private static final Effect NOISE = Significance.DEFAULT.normal(1, 1.2);

    private static Comparison comparison(Computable<Effect> difference, double pValueAdjusted) {
        return new Comparison(
                "b",
                "a",
                "welch",
                "means",
                OptionalDouble.empty(),
                difference,
                difference.value().isPresent() ? pValueAdjusted : null,
                Computable.notComputable("x", "x"),
                Computable.notComputable("x", "x"),
                null,
                null,
                null);
    }

    private static Direction of(Effect effect, double pValueAdjusted, Goal goal) {
        return of(effect, pValueAdjusted, goal, false);
    }

    private static Direction of(Effect effect, double pValueAdjusted, Goal goal, boolean blocked) {
        return Direction.of(comparison(Computable.of(effect), pValueAdjusted), goal, 0.05, blocked);
    }

    /** Where the arms have the wrong sizes nothing is better. */
    @Test
    void whatTheDataCannotCarryIsNotSaid() {
        assertThat(of(UP, 0.0124, Goal.INCREASE, true)).isEqualTo(Direction.DISTRUSTED);
        assertThat(of(DOWN, 0.0124, Goal.INCREASE, true)).isEqualTo(Direction.DISTRUSTED);
        assertThat(of(NOISE, 0.4, Goal.INCREASE, true)).isEqualTo(Direction.UNCLEAR);
    }

    @Test
    void betterIsTowardsTheGoal() {
        assertThat(of(UP, 0.0124, Goal.INCREASE)).isEqualTo(Direction.BETTER);
        assertThat(of(UP, 0.0124, Goal.DECREASE)).isEqualTo(Direction.WORSE);
        assertThat(of(DOWN, 0.0124, Goal.INCREASE)).isEqualTo(Direction.WORSE);
        assertThat(of(DOWN, 0.0124, Goal.DECREASE)).isEqualTo(Direction.BETTER);
        assertThat(of(NOISE, 0.4, Goal.INCREASE)).isEqualTo(Direction.UNCLEAR);
    }

    /** The clearest of nine creators is not better because it is the clearest of nine. */
    @Test
    void whatIsNotClearAfterTheCorrectionHasNoDirection() {
        assertThat(of(UP, 0.134, Goal.INCREASE)).isEqualTo(Direction.UNCLEAR);
        assertThat(of(UP, 0.05, Goal.INCREASE)).isEqualTo(Direction.BETTER);
    }

    /** Of few clusters nothing but a randomisation test remains, which has a p-value and no interval. */
    @Test
    void withoutAnIntervalThePValueAndTheSignSayIt() {
        Effect exact = new Effect(-3, 1, OptionalDouble.empty(), Interval.UNBOUNDED, 0.001);
        assertThat(of(exact, 0.001, Goal.DECREASE)).isEqualTo(Direction.BETTER);
        assertThat(of(exact, 0.001, Goal.INCREASE)).isEqualTo(Direction.WORSE);
        assertThat(of(exact, 0.06, Goal.INCREASE)).isEqualTo(Direction.UNCLEAR);
    }

    @Test
    void withoutANumberThereIsNone() {
        assertThat(Direction.of(comparison(Computable.notComputable("x", "x"), 0), Goal.INCREASE, 0.05, false))
                .isEqualTo(Direction.UNCLEAR);
    }
}
