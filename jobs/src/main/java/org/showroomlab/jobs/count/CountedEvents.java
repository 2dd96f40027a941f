package org.showroomlab.jobs.count;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.showroomlab.jobs.observe.Observation;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.plan.MetricPlan;

/**
 * How many of a unit's observations count in at least one experiment, per source: those that carry an exposure to a
 * running experiment, and those that are an outcome or a covariate of a metric of a unit that is exposed and not mixed.
 */
public final class CountedEvents {
    private CountedEvents() {}

    /** Counted observations by source; sources without one are absent. */
    public static Map<String, Long> of(List<ExperimentPlan> experiments, List<Observation> history) {
        boolean[] counted = new boolean[history.size()];
        for (int i = 0; i < counted.length; i++) {
            counted[i] = history.get(i).experiments().length > 0;
        }
        for (ExperimentPlan experiment : experiments) {
            Exposure exposure = Exposure.of(experiment, history);
            if (exposure != null && !exposure.isMixed()) {
                mark(experiment, exposure, history, counted);
            }
        }
        Map<String, Long> bySource = new HashMap<>();
        for (int i = 0; i < counted.length; i++) {
            if (counted[i]) {
                bySource.merge(history.get(i).source(), 1L, Long::sum);
            }
        }
        return bySource;
    }

    private static void mark(
            ExperimentPlan experiment, Exposure exposure, List<Observation> history, boolean[] counted) {
        for (int i = 0; i < counted.length; i++) {
            Observation o = history.get(i);
            for (MetricPlan metric : experiment.metrics()) {
                counted[i] = counted[i] || isRead(o, experiment, metric, exposure);
            }
        }
    }

    private static boolean isRead(Observation o, ExperimentPlan experiment, MetricPlan metric, Exposure exposure) {
        long ts = o.timestampMillis();
        return UnitValues.reads(metric, o)
                && ts >= exposure.millis() - experiment.covariateMillis()
                && ts < exposure.outcomeEndMillis(metric, experiment);
    }
}
