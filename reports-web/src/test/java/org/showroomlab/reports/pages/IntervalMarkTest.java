package org.showroomlab.reports.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.reports.Samples;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;

/** Where an interval leaves the axis, and only there, it has an arrow. */
class IntervalMarkTest {
    private static final Metric METRIC = Samples.gate().experiment().metrics().get(0);
    private static final RelativeAxis AXIS = new RelativeAxis(0.1);

    private static IntervalMark mark(double low, double high) {
        Effect effect = new Effect((low + high) / 2, 0.01, OptionalDouble.empty(), new Interval(low, high), 0.01);
        return IntervalMark.of(METRIC, Direction.WORSE, effect, AXIS);
    }

    @Test
    void anIntervalOnTheAxisHasCaps() {
        assertThat(mark(-0.1, 0.1).lowCut()).isFalse();
        assertThat(mark(-0.1, 0.1).highCut()).isFalse();
    }

    @Test
    void anIntervalThatGoesOnHasAnArrowThere() {
        assertThat(mark(-0.2, 0.05).lowCut()).isTrue();
        assertThat(mark(-0.2, 0.05).highCut()).isFalse();
    }

    @Test
    void anIntervalBeyondTheAxisHasOneArrow() {
        assertThat(mark(-0.62, -0.58).lowCut()).isTrue();
        assertThat(mark(-0.62, -0.58).highCut()).isFalse();
        assertThat(mark(0.58, 0.62).lowCut()).isFalse();
        assertThat(mark(0.58, 0.62).highCut()).isTrue();
    }
}
