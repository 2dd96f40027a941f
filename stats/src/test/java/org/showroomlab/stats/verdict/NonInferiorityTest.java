package org.showroomlab.stats.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.arms.ProportionTest;

class NonInferiorityTest {
    private static Effect effect(double estimate, double stdError, OptionalDouble df) {
        return new Effect(estimate, stdError, df, Interval.UNBOUNDED, 1);
    }

    /**
     * R: pnorm((-1 + 2) / 0.5, lower = FALSE) = 0.02275013; pnorm(1 / 0.5, lower = FALSE) = 0.02275013; the bound is 1 +
     * qnorm(.95) * 0.5 = 1.822427.
     */
    @Test
    void aLossOfHalfTheMargin() {
        NonInferiority more = NonInferiority.of(effect(-1, 0.5, OptionalDouble.empty()), -20, 0.1, Goal.INCREASE, 0.05);
        assertThat(more.tolerated()).isEqualTo(2);
        assertThat(more.pValue()).isCloseTo(0.02275013194817921, within(1e-12));
        assertThat(more.harmPValue()).isCloseTo(0.02275013194817921, within(1e-12));
        assertThat(more.bound()).isCloseTo(1.8224268134757362, within(1e-9));
        assertThat(more.holds(0.05)).isTrue();
        assertThat(more.harmed(0.05)).isTrue();
        assertThat(more.holds(0.02)).isFalse();
        assertThat(more.harmed(0.02)).isFalse();
        assertThat(NonInferiority.of(effect(1, 0.5, OptionalDouble.empty()), 20, 0.1, Goal.DECREASE, 0.05))
                .isEqualTo(more);
    }

    /** R: pt(2, 4, lower = FALSE) = 0.05805826. */
    @Test
    void fewDegreesOfFreedomCount() {
        NonInferiority few = NonInferiority.of(effect(-1, 0.5, OptionalDouble.of(4)), 20, 0.1, Goal.INCREASE, 0.05);
        assertThat(few.pValue()).isCloseTo(0.058058261758407, within(1e-12));
        assertThat(few.holds(0.05)).isFalse();
    }

    /** Harm is as clear as the effect's own test says: of 2 and 2 units, all and none, Fisher's p-value is 1/3. */
    @Test
    void withoutSpreadHarmIsAsClearAsTheEffectsOwnTestSays() {
        Effect worse = new Effect(-2, 0, OptionalDouble.empty(), Interval.UNBOUNDED, 1 / 3.0);
        assertThat(NonInferiority.of(worse, 20, 0.1, Goal.INCREASE, 0.05))
                .isEqualTo(new NonInferiority(1, 1 / 3.0, Double.POSITIVE_INFINITY, 2));
        assertThat(NonInferiority.of(worse, 20, 0.1, Goal.DECREASE, 0.05).harmPValue())
                .isEqualTo(1);
    }

    /** All 20 of 20 and all 20 of 20 leave room for .161 less by Newcombe's interval, all of 200 for .0188. */
    @Test
    void withoutSpreadAGuardrailHoldsWhenTheIntervalSaysSo() {
        NonInferiority few = allOf(20, Goal.INCREASE);
        assertThat(few.bound()).isCloseTo(1 - 20 / (20 + 1.959963984540054 * 1.959963984540054), within(1e-12));
        assertThat(few.holds(0.05)).isFalse();
        assertThat(few.harmed(0.05)).isFalse();
        assertThat(allOf(200, Goal.INCREASE).holds(0.05)).isTrue();
        assertThat(allOf(20, Goal.DECREASE).holds(0.05)).isFalse();
    }

    private static NonInferiority allOf(long n, Goal goal) {
        Proportion all = new Proportion(n, n);
        return NonInferiority.of(
                ProportionTest.withDefaults().difference(all, all).orElseThrow(), 1, 0.05, goal, 0.05);
    }
}
