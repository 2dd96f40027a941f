package org.showroomlab.jobs.plan;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Experiment.UnitKind;
import org.showroomlab.jobs.packed.NameTable;

/**
 * How one experiment is counted; times in epoch milliseconds.
 *
 * @param number its place among the loaded experiments
 * @param variants ids by variant number
 * @param variantNumbers finds the number of a variant id
 * @param dimensions field names by dimension number
 * @param dimensionSlots where an observation keeps the value of each dimension
 * @param cohortMillis for how long the units of a cohort were first exposed; 0: no cohorts
 * @param covariateMillis length of the time before first exposure that feeds the covariates; 0: none
 * @param periodMillis length of a switchback period; {@link Long#MAX_VALUE}: one period
 * @param washoutMillis start of each period that is not counted
 */
public record ExperimentPlan(
        int number,
        String id,
        UnitKind unit,
        List<String> variants,
        NameTable variantNumbers,
        List<MetricPlan> metrics,
        LifeTablePlan lifeTable,
        StockPlan stock,
        List<String> dimensions,
        int[] dimensionSlots,
        long startMillis,
        long endMillis,
        long observeUntilMillis,
        long cohortMillis,
        long covariateMillis,
        long periodMillis,
        long washoutMillis,
        DayCalendar calendar) {
    static ExperimentPlan of(
            int number,
            Experiment experiment,
            List<MetricPlan> metrics,
            LifeTablePlan lifeTable,
            StockPlan stock,
            List<String> dimensions,
            int[] slots) {
        NameTable numbers = new NameTable();
        experiment.variants().forEach(v -> numbers.number(v.id()));
        boolean visitors = experiment.unit() == UnitKind.VISITOR;
        return new ExperimentPlan(
                number,
                experiment.id(),
                experiment.unit(),
                experiment.variants().stream().map(v -> v.id()).toList(),
                numbers,
                List.copyOf(metrics),
                lifeTable,
                stock,
                List.copyOf(dimensions),
                slots,
                experiment.start().toEpochMilli(),
                experiment.end().toEpochMilli(),
                experiment.observeUntil().toEpochMilli(),
                experiment.cohortMillis(),
                visitors ? Duration.ofDays(experiment.covariateDays()).toMillis() : 0,
                experiment.periodMinutes().isPresent()
                        ? Duration.ofMinutes(experiment.periodMinutes().getAsInt())
                                .toMillis()
                        : Long.MAX_VALUE,
                Duration.ofMinutes(experiment.washoutMinutes()).toMillis(),
                DayCalendar.of(experiment.start(), experiment.observeUntil(), experiment.timeZone()));
    }

    /** The cohort of a unit that was first exposed at that instant. */
    public int cohortOf(long millis) {
        return Math.toIntExact((millis - startMillis) / cohortMillis);
    }

    /** The day on which a cohort begins: what is counted of it stands there, whenever it happened. */
    public int dayOfCohort(int cohort) {
        return calendar.dayOf(startMillis + cohort * cohortMillis);
    }

    public boolean countsVisitors() {
        return unit == UnitKind.VISITOR;
    }

    /** Whether an exposure at that instant is one of this experiment. */
    public boolean isRunningAt(long millis) {
        return startMillis <= millis && millis < endMillis;
    }

    /** Whether an event at that instant can be an outcome or a covariate. */
    public boolean reads(long millis) {
        return startMillis - covariateMillis <= millis && millis < observeUntilMillis;
    }

    /** The day of the experiment that the instant falls on; before its start it is the first one. */
    public int dayAtOrAfterStart(long millis) {
        return calendar.dayOf(Math.max(millis, startMillis));
    }

    /** Whether an event at that instant can be an outcome of somebody. */
    public boolean observes(long millis) {
        return startMillis <= millis && millis < observeUntilMillis;
    }

    /** The switchback period that the instant falls in; −1 before the start, after the end of observation, or in a washout. */
    public long countedPeriod(long millis) {
        if (millis < startMillis || millis >= observeUntilMillis) {
            return -1;
        }
        long since = millis - startMillis;
        return since % periodMillis >= washoutMillis ? since / periodMillis : -1;
    }

    /** The value slots that it reads, some of them more than once. */
    public IntStream slots() {
        IntStream.Builder slots = IntStream.builder();
        for (MetricPlan metric : metrics) {
            slots.add(metric.slot()).add(metric.perSlot());
        }
        for (LifeTablePlan.Clock clock : lifeTable.clocks()) {
            slots.add(clock.entrySlot());
            clock.ends().forEach(end -> slots.add(end.slot()));
        }
        stock.flows().forEach(flow -> slots.add(flow.slot()));
        return slots.build().filter(slot -> slot != MetricPlan.NONE);
    }

    /** From this event time on its state is released. */
    public long closesAtMillis(long latenessMillis) {
        return observeUntilMillis + latenessMillis;
    }
}
