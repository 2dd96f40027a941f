package org.showroomlab.stats.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Oracles;
import org.showroomlab.stats.arms.WelchTest;

class RunningBandTest {

    /** The property of the table: monotone while the log only grows, flagged from the first retraction on. */
    @Test
    void neverWidensWhileTheLogOnlyGrows() {
        boolean holds = Oracles.method("st.mono").get("expected").get("holds").asBoolean();
        SplittableRandom random = new SplittableRandom(4);
        AsymptoticSequence sequence = AsymptoticSequence.tunedTo(500);
        for (int run = 0; run < 20; run++) {
            RunningBand band = RunningBand.start();
            ArmMoments control = ArmMoments.ofValues(0.2, 0.9);
            ArmMoments treatment = ArmMoments.ofValues(0.1, 0.7);
            for (int look = 0; look < 100; look++) {
                control = control.merge(ArmMoments.ofValues(random.nextDouble(), random.nextDouble()));
                treatment = treatment.merge(ArmMoments.ofValues(random.nextDouble(), random.nextDouble() + 0.1));
                Effect effect = look(sequence, control, treatment);
                RunningBand next = band.append(effect.ci(), effect.pValue());
                boolean narrower = next.interval().low() >= band.interval().low()
                        && next.interval().high() <= band.interval().high()
                        && next.pValue() <= band.pValue();
                assertThat(narrower && !next.restated()).isEqualTo(holds);
                band = next;
            }
            RunningBand retracted = band.restate(new Interval(-5, 5), 0.9);
            assertThat(retracted.restated()).isEqualTo(holds);
            assertThat(retracted.interval()).isEqualTo(new Interval(-5, 5));
            assertThat(retracted.append(new Interval(-1, 6), 0.95))
                    .isEqualTo(new RunningBand(new Interval(-1, 5), 0.9, true));
        }
    }

    @Test
    void anEmptyIntersectionKeepsTheNearerEnd() {
        RunningBand band = RunningBand.start().append(new Interval(1, 2), 0.5);
        assertThat(band.append(new Interval(3, 4), 1).interval()).isEqualTo(new Interval(2, 2));
        assertThat(band.append(new Interval(-3, 0), 1).interval()).isEqualTo(new Interval(1, 1));
        assertThatThrownBy(() -> band.append(new Interval(0, 1), Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Effect look(AsymptoticSequence sequence, ArmMoments control, ArmMoments treatment) {
        WelchTest welch = WelchTest.withDefaults();
        return sequence.difference(
                        welch.arm(control).orElseThrow(), welch.arm(treatment).orElseThrow())
                .orElseThrow();
    }
}
