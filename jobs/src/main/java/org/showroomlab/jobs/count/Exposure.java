package org.showroomlab.jobs.count;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.observe.Observation;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.plan.MetricPlan;

/**
 * When and to what a unit was first exposed.
 *
 * @param observation the one that carries the first exposure
 * @param variant its variant number
 * @param mixedMillis time of the first exposure to another variant, or {@link #NEVER}
 */
record Exposure(Observation observation, int variant, long mixedMillis) {
    static final long NEVER = Long.MAX_VALUE;

    static @Nullable Exposure of(ExperimentPlan experiment, List<Observation> history) {
        Observation first = null;
        int variant = -1;
        for (Observation o : history) {
            int carried = o.variantIn(experiment.number());
            if (carried < 0) {
                continue;
            }
            if (first == null) {
                first = o;
                variant = carried;
            } else if (carried != variant) {
                return new Exposure(first, variant, o.timestampMillis());
            }
        }
        return first == null ? null : new Exposure(first, variant, NEVER);
    }

    long millis() {
        return observation.timestampMillis();
    }

    boolean isMixed() {
        return mixedMillis != NEVER;
    }

    /** The end of the outcome window, exclusive. */
    long outcomeEndMillis(MetricPlan metric, ExperimentPlan experiment) {
        long untilWindow = metric.windowMillis() == Long.MAX_VALUE ? Long.MAX_VALUE : millis() + metric.windowMillis();
        return Math.min(untilWindow, experiment.observeUntilMillis());
    }
}
