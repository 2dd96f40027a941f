package org.showroomlab.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.arms.RelativeLift;
import org.showroomlab.stats.arms.WelchTest;
import org.showroomlab.stats.verdict.Decision;
import org.showroomlab.stats.verdict.DecisionRule;
import org.showroomlab.stats.verdict.Finding;
import org.showroomlab.stats.verdict.Goal;
import org.showroomlab.stats.verdict.MetricEvidence;
import org.showroomlab.stats.verdict.Verdict;
import org.showroomlab.stats.verdict.VerdictInput;

/** The example of the module's README, as it stands there. */
class ReadmeTest {

    @Test
    void theExample() {
        ArmMoments control = ArmMoments.ofExact(
                ExactSums.ofMean(3407, BigInteger.valueOf(139_687), BigInteger.valueOf(523_779_767), 2));
        ArmMoments treatment = ArmMoments.ofExact(
                ExactSums.ofMean(3461, BigInteger.valueOf(242_270), BigInteger.valueOf(1_346_982_900), 2));

        Computable<Effect> difference = WelchTest.withDefaults().difference(control, treatment);
        Computable<RelativeEffect> lift = RelativeLift.withDefaults().lift(control, treatment);
        Verdict verdict = DecisionRule.decide(
                VerdictInput.ended(List.of(MetricEvidence.success("revenue", "b", Goal.INCREASE, difference)))
                        .with(new Finding.SampleRatio(0.51, "a 3407, b 3461")));

        assertThat(difference.orElseThrow().pValue()).isBetween(0.0201, 0.0202);
        assertThat(lift.orElseThrow().effect().estimate()).isBetween(0.70, 0.71);
        assertThat(verdict.decision()).isEqualTo(Decision.SHIP);
    }
}
