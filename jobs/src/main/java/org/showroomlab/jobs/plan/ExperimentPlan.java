package org.showroomlab.jobs.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.showroomlab.ingest.experiment.Experiment;

/**
 * How one experiment is counted; times in epoch milliseconds.
 *
 * @param number its place among the loaded experiments
 * @param countsVisitors whether its units are visitors; other units have no counts yet
 * @param variants ids by variant number
 * @param dimensions field names by dimension number
 * @param dimensionSlots where an observation keeps the value of each dimension
 * @param covariateMillis length of the time before first exposure that feeds the covariates; 0: none
 */
public record ExperimentPlan(
        int number,
        String id,
        boolean countsVisitors,
        List<String> variants,
        Map<String, Integer> variantNumbers,
        List<MetricPlan> metrics,
        List<String> dimensions,
        int[] dimensionSlots,
        long startMillis,
        long endMillis,
        long observeUntilMillis,
        long covariateMillis,
        DayCalendar calendar) {

    static ExperimentPlan of(
            int number, Experiment experiment, List<MetricPlan> metrics, List<String> dimensions, int[] slots) {
        Map<String, Integer> numbers = new java.util.HashMap<>();
        experiment.variants().forEach(v -> numbers.put(v.id(), numbers.size()));
        return new ExperimentPlan(
                number,
                experiment.id(),
                experiment.unit() == Experiment.UnitKind.VISITOR,
                experiment.variants().stream().map(v -> v.id()).toList(),
                Map.copyOf(numbers),
                List.copyOf(metrics),
                List.copyOf(dimensions),
                slots,
                experiment.start().toEpochMilli(),
                experiment.end().toEpochMilli(),
                experiment.observeUntil().toEpochMilli(),
                Duration.ofDays(experiment.covariateDays()).toMillis(),
                DayCalendar.of(experiment.start(), experiment.observeUntil(), experiment.timeZone()));
    }

    /** Whether an exposure at that instant is one of this experiment. */
    public boolean isRunningAt(long millis) {
        return startMillis <= millis && millis < endMillis;
    }
}
