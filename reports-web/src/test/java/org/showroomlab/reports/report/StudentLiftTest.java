package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;

class StudentLiftTest {
    private static Effect effect(double df) {
        return new Effect(10, 2, OptionalDouble.of(df), Interval.UNBOUNDED, 0.1);
    }

    /** Student's t of one degree of freedom reaches .01 at 63.7, beyond which the normal distribution has 0. */
    @Test
    void withHardlyADegreeOfFreedomThereIsAReason() {
        ArmEstimate control = new ArmEstimate(2, 100, 1);
        ArmEstimate treatment = new ArmEstimate(2, 110, 1);
        Significance significance = new Significance(0.01, Alternative.TWO_SIDED);
        assertThat(StudentLift.of(significance, control, treatment, effect(1)).code())
                .contains("too_few_clusters");
        assertThat(StudentLift.of(significance, control, treatment, effect(20)).value())
                .isPresent();
    }
}
