package org.showroomlab.jobs.count;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.observe.Observation;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.plan.MetricPlan;
import org.showroomlab.jobs.results.UnitStatistic;

/**
 * What one unit adds to one experiment's statistics: a pure function of the set of the unit's observations.
 *
 * <p>Everything the product promises about order follows from that. The operator that holds a unit adds
 * f(set after) − f(set before) to the totals, so the totals are always the sum of f over all units, whatever arrived
 * when, and however often. Late exposures, late outcomes and units that turn out to be mixed are not special cases.
 *
 * <p>The rules, in the order they are applied:
 *
 * <ol>
 *   <li>First exposure: the exposing observation with the smallest time.
 *   <li>The unit is mixed from the first exposing observation that carries another variant. As of an earlier day it was
 *       not, so its contribution is taken back on that day rather than never made.
 *   <li>Covariates: matching observations in [first exposure − covariate time, first exposure).
 *   <li>Outcomes: matching observations in [first exposure, min(first exposure + window, observe until)).
 *   <li>Per day: the change of the unit's moments on that day (c_d² − c_{d−1}² for a sum of squares), so that the running
 *       total up to day d is the statistic as of day d.
 * </ol>
 *
 * Invariants: for a unit that is not mixed the changes of any metric add up to n = 1; for a mixed one to zero in every
 * field.
 */
public final class UnitContribution {
    private final ExperimentPlan experiment;
    private final List<Observation> history;
    private final Map<CellKey, Cell> cells = new HashMap<>();

    private UnitContribution(ExperimentPlan experiment, List<Observation> history) {
        this.experiment = experiment;
        this.history = history;
    }

    /**
     * The cells that the unit changes.
     *
     * @param history the unit's observations in {@linkplain Observation#CHRONOLOGICAL time order}
     */
    public static Map<CellKey, Cell> of(ExperimentPlan experiment, List<Observation> history) {
        UnitContribution contribution = new UnitContribution(experiment, history);
        Exposure exposure = Exposure.of(experiment, history);
        if (exposure != null) {
            contribution.add(exposure);
        }
        return contribution.cells;
    }

    private void add(Exposure exposure) {
        int mixedDay = exposure.mixedMillis() == Exposure.NEVER
                ? Integer.MAX_VALUE
                : experiment.calendar().dayOf(exposure.mixedMillis());
        if (mixedDay != Integer.MAX_VALUE) {
            Cell one = new Cell();
            one.addUnits(1);
            add(UnitStatistic.MIXED, "", "", "", mixedDay, one);
        }
        int firstDay = experiment.calendar().dayOf(exposure.millis());
        if (firstDay >= mixedDay) {
            return;
        }
        Cell unit = new Cell();
        unit.addUnits(1);
        addInArm(exposure, UnitStatistic.UNITS, List.of(new DayChange(firstDay, unit)), mixedDay);
        for (MetricPlan metric : experiment.metrics()) {
            addInArm(exposure, metric.id(), changes(metric, exposure, firstDay), mixedDay);
        }
    }

    private record DayChange(int day, Cell cell) {}

    private List<DayChange> changes(MetricPlan metric, Exposure exposure, int firstDay) {
        UnitValues values = new UnitValues(metric, experiment.covariateMillis() > 0);
        if (experiment.covariateMillis() > 0) {
            values.readCovariates(history, experiment, exposure.millis());
        }
        List<DayChange> changes = new ArrayList<>();
        long end = exposure.outcomeEndMillis(metric, experiment);
        int day = firstDay;
        for (Observation o : history) {
            long ts = o.timestampMillis();
            if (ts >= end) {
                break;
            }
            if (ts < exposure.millis() || !UnitValues.reads(metric, o)) {
                continue;
            }
            int dayOfOutcome = experiment.calendar().dayOf(ts);
            if (dayOfOutcome != day) {
                changes.add(new DayChange(day, values.changeSinceMark()));
                day = dayOfOutcome;
            }
            values.add(o);
        }
        changes.add(new DayChange(day, values.changeSinceMark()));
        return changes;
    }

    private void addInArm(Exposure exposure, String metric, List<DayChange> changes, int mixedDay) {
        String variant = experiment.variants().get(exposure.variant());
        addAll(metric, variant, "", "", changes, mixedDay);
        for (int d = 0; d < experiment.dimensions().size(); d++) {
            @Nullable
            String value = exposure.observation().dimensionValues()[experiment.dimensionSlots()[d]];
            addAll(metric, variant, experiment.dimensions().get(d), value == null ? "" : value, changes, mixedDay);
        }
    }

    private void addAll(
            String metric, String variant, String dimension, String value, List<DayChange> changes, int mixedDay) {
        Cell takenBack = new Cell();
        for (DayChange change : changes) {
            if (change.day < mixedDay) {
                add(metric, variant, dimension, value, change.day, change.cell);
                takenBack.subtract(change.cell);
            }
        }
        if (mixedDay != Integer.MAX_VALUE) {
            add(metric, variant, dimension, value, mixedDay, takenBack);
        }
    }

    private void add(String metric, String variant, String dimension, String value, int day, Cell change) {
        long epochDay = experiment.calendar().date(day).toEpochDay();
        CellKey key = new CellKey(experiment.id(), metric, variant, dimension, value, epochDay);
        cells.computeIfAbsent(key, k -> new Cell()).add(change);
    }
}
