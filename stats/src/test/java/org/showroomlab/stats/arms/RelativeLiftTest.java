package org.showroomlab.stats.arms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.showroomlab.stats.Oracles.doubles;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Oracles;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.RelativeLift.Method;

class RelativeLiftTest {

    private static final RelativeLift LIFT = RelativeLift.withDefaults();

    /** R closed forms with normal quantiles. */
    @Test
    void threeMethodsAgreeWithR() {
        for (JsonNode c : Oracles.peer("r_relative_lift_methods")) {
            ArmMoments control = ArmMoments.ofValues(doubles(c.get("input").get("control")));
            ArmMoments treatment = ArmMoments.ofValues(doubles(c.get("input").get("treatment")));
            JsonNode expected = c.get("expected");
            Effect log = LIFT.lift(control, treatment).orElseThrow().effect();
            Effect fieller = LIFT.with(Method.FIELLER)
                    .lift(control, treatment)
                    .orElseThrow()
                    .effect();
            assertThat(log.estimate()).isCloseTo(expected.get("lift").asDouble(), within(1e-10));
            assertThat(log.stdError()).isCloseTo(expected.get("delta_se").asDouble(), within(1e-10));
            closeTo(log.ci(), expected.get("log_delta_ci"));
            closeTo(fieller.ci(), expected.get("fieller_ci"));
            assertThat(log.pValue())
                    .isEqualTo(WelchTest.withDefaults()
                            .difference(control, treatment)
                            .orElseThrow()
                            .pValue());
        }
    }

    /** gbstats test_two_sided_ttest (relative): Wald with its own p-value. */
    @Test
    void waldImitatesOtherTools() {
        JsonNode expected = Oracles.method("two.rel.delta.suffstat").get("expected");
        Effect wald = LIFT.with(Method.WALD)
                .lift(ArmMoments.ofSums(3407, 1396.87, 52377.9767), ArmMoments.ofSums(3461, 2422.7, 134698.29))
                .orElseThrow()
                .effect();
        assertThat(wald.estimate()).isCloseTo(expected.get("lift").asDouble(), within(1e-5));
        assertThat(wald.stdError()).isCloseTo(expected.get("se").asDouble(), within(1e-5));
        assertThat(wald.pValue()).isCloseTo(expected.get("p").asDouble(), within(1e-5));
        assertThat(wald.ci().low()).isCloseTo(expected.get("ci95").get(0).asDouble(), within(1e-5));
        assertThat(wald.ci().high()).isCloseTo(expected.get("ci95").get(1).asDouble(), within(1e-5));
    }

    @Test
    void aControlNearZeroFallsBackToAnUnboundedSet() {
        RelativeEffect lift = lift(new ArmEstimate(50, 0.1, 0.2), new ArmEstimate(50, 1, 0.2));
        assertThat(lift.method()).isEqualTo(Method.FIELLER);
        assertThat(lift.effect().ci()).isEqualTo(Interval.UNBOUNDED);
    }

    /** At the ends of the gap (m₁ − ρm₀)² = z²(SE₁² + ρ²SE₀²), and inside it is more. */
    @Test
    void anUnboundedSetIsTwoRaysOrTheWholeLine() {
        for (double sign : new double[] {1, -1}) {
            RelativeEffect rays = lift(new ArmEstimate(50, sign * 0.1, 0.2), new ArmEstimate(50, 1, 0.3));
            Interval gap = rays.excluded().orElseThrow();
            assertThat(distance(gap.low(), sign)).isCloseTo(1, within(1e-9));
            assertThat(distance(gap.high(), sign)).isCloseTo(1, within(1e-9));
            assertThat(distance((gap.low() + gap.high()) / 2, sign)).isGreaterThan(1);
            assertThat(gap.contains(rays.effect().estimate())).isFalse();
            assertThat(rays.unbounded().orElseThrow()).contains("unbounded", "two rays", "" + gap.low());
        }
        RelativeEffect line = lift(new ArmEstimate(50, 0.1, 0.2), new ArmEstimate(50, 0.2, 0.2));
        assertThat(line.excluded()).isEmpty();
        assertThat(line.unbounded().orElseThrow()).contains("unbounded", "the whole line");
        assertThat(lift(new ArmEstimate(50, 10, 0.2), new ArmEstimate(50, 8, 0.2))
                        .unbounded())
                .isEmpty();
    }

    /** The squared distance of a lift from the estimates ±0.1 (0.2) and 1 (0.3), over its critical value. */
    private static double distance(double lift, double sign) {
        double ratio = 1 + sign * lift;
        return Math.pow((1 - ratio * sign * 0.1) / Math.hypot(0.3, ratio * 0.2) / 1.959963984540054, 2);
    }

    @Test
    void aNegativeControlTurnsTheSignOfTheRatio() {
        RelativeEffect lift = lift(new ArmEstimate(50, -10, 0.2), new ArmEstimate(50, -8, 0.2));
        assertThat(lift.effect().estimate()).isCloseTo(0.2, within(1e-12));
        assertThat(lift.effect().ci().low()).isBetween(0.1, 0.2);
        assertThat(lift.effect().ci().high()).isBetween(0.2, 0.3);
    }

    @Test
    void nothingIsRelativeToZero() {
        ArmEstimate zero = new ArmEstimate(50, 0, 0.2);
        assertThat(LIFT.lift(zero, zero, Significance.DEFAULT.normal(0, 1)).code())
                .contains("zero_baseline");
    }

    /** The point is clear, but nothing says how far the truth may be from it. */
    @Test
    void aTreatmentWithoutEventsHasNoInterval() {
        ArmEstimate ten = new Proportion(100, 10).estimate().orElseThrow();
        ArmEstimate none = new Proportion(100, 0).estimate().orElseThrow();
        for (Method method : Method.values()) {
            assertThat(LIFT.with(method)
                            .lift(ten, none, Significance.DEFAULT.normal(0, 1))
                            .code())
                    .contains("zero_variance");
        }
    }

    private static RelativeEffect lift(ArmEstimate control, ArmEstimate treatment) {
        return LIFT.lift(
                        control,
                        treatment,
                        WelchTest.withDefaults().difference(control, treatment).orElseThrow())
                .orElseThrow();
    }

    private static void closeTo(Interval actual, JsonNode expected) {
        assertThat(actual.low()).isCloseTo(expected.get(0).asDouble(), within(1e-9));
        assertThat(actual.high()).isCloseTo(expected.get(1).asDouble(), within(1e-9));
    }
}
