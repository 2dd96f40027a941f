package org.showroomlab.jobs.count;

import static org.showroomlab.jobs.count.UnitHistory.NEVER;
import static org.showroomlab.jobs.count.UnitHistory.NONE;

import java.util.List;
import org.showroomlab.jobs.count.Accounts.Way;
import org.showroomlab.jobs.plan.CountingPlan;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.plan.LifeTablePlan;
import org.showroomlab.jobs.plan.MetricPlan;
import org.showroomlab.jobs.plan.StockPlan;

/**
 * What one visitor adds to all statistics: a pure function f of the set of the visitor's observations.
 *
 * <p>Everything the product promises about order follows from that. Whoever holds a unit adds f(set after) − f(set
 * before) to the totals, so the totals are always the sum of f over all units, whatever arrived when, and however often.
 * Late exposures, late outcomes and units that turn out to be mixed are not special cases.
 *
 * <p>The rules of f, per experiment, in the order they are applied:
 *
 * <ol>
 *   <li>First exposure: the exposing observation with the smallest time; it gives variant and slices.
 *   <li>The unit is mixed from the first exposing observation that carries another variant. As of an earlier day it was
 *       not, so what it added is taken back on that day rather than never made.
 *   <li>Covariates: matching observations in [first exposure − covariate time, first exposure).
 *   <li>Outcomes: matching observations in [first exposure, min(first exposure + window, observe until)).
 *   <li>Per day: the change of the unit's moments on that day (c_d² − c_{d−1}² for a sum of squares), so that the running
 *       total up to day d is the statistic as of day d.
 * </ol>
 *
 * Invariants: for a unit that is not mixed the changes of any metric add up to n = 1; for a mixed one to zero in every
 * field.
 *
 * <p>The fast path is the same function with one more argument: {@code marked} observations, the first in time, are in
 * the totals already, and only the rest of the change is made. It rests on this: observations that come after all others
 * in time leave the exposure, the covariates and the earlier days of an experiment as they were, unless they expose the
 * unit for the first time (then nothing of this experiment was in the totals) or make it mixed (then f is evaluated
 * twice). {@code marked} = 0 is f itself. Nothing in that needs the observations of the rest to be new: with the sign turned
 * it takes the end of a history out of the totals.
 */
public final class UnitContribution {
    private final List<ExperimentPlan> experiments;
    private final UnitHistory history;
    private final UnitChanges changes;
    private final Accounts accounts;
    private final boolean[] closed;
    /** No closed experiment can need an event at that time or later. */
    private long closedUntilMillis = Long.MIN_VALUE;

    private boolean[] counted = new boolean[32];
    private boolean[] countedBefore = new boolean[32];
    private final MetricChange change = new MetricChange();

    /** Adds units' contributions to these changes and accounts. */
    public UnitContribution(CountingPlan plan, UnitChanges changes, Accounts accounts) {
        this.experiments = plan.experiments();
        this.history = new UnitHistory(plan.measures().size(), experiments.size());
        this.history.dimensionSlots = plan.dimensionFields().size();
        this.changes = changes;
        this.accounts = accounts;
        this.closed = new boolean[experiments.size()];
    }

    /** From now on f leaves this experiment out. */
    public void close(int experiment) {
        closed[experiment] = true;
        closedUntilMillis =
                Math.max(closedUntilMillis, experiments.get(experiment).observeUntilMillis());
    }

    /** Takes note of an event that others need, for the closed experiments of whose time it is. */
    public void addLate(long millis) {
        if (millis >= closedUntilMillis) {
            return;
        }
        for (ExperimentPlan experiment : experiments) {
            if (closed[experiment.number()] && experiment.countsVisitors() && experiment.reads(millis)) {
                changes.of(experiment.number()).addLate(experiment.dayAtOrAfterStart(millis));
            }
        }
    }

    /** Takes f(first {@code until} entries) − f(first {@code from} entries) out of the totals. */
    public void takeOut(byte[] unit, int from, int until) {
        history.read(unit, until);
        contribute(from, until, -1);
    }

    /** Adds an entry that {@linkplain UnitEntries#onlyRepeats only repeats} an exposure. */
    public void addRepeat(int source, boolean isAccounted) {
        if (!isAccounted) {
            accounts.add(source, Way.COUNTED, 1);
        }
    }

    /** Adds f(all entries) − f(first {@code marked} entries) to the totals. */
    public void addSince(byte[] unit, int marked) {
        int entries = UnitEntries.count(unit);
        history.read(unit, entries);
        contribute(marked, entries, 1);
    }

    /**
     * By entry, whether it counts in one of these experiments, or has in one that is closed; valid until the next call. What
     * counts in others alone is not said: there it may come to count no more.
     */
    public boolean[] countedIn(List<ExperimentPlan> some, byte[] unit) {
        int entries = UnitEntries.count(unit);
        history.read(unit, entries);
        ensureMarks(entries);
        System.arraycopy(history.counts, 0, counted, 0, entries);
        some.forEach(experiment -> markCounted(experiment, entries, counted));
        return counted;
    }

    private void ensureMarks(int entries) {
        if (counted.length < entries) {
            counted = new boolean[2 * entries];
            countedBefore = new boolean[2 * entries];
        }
    }

    private void contribute(int marked, int entries, int sign) {
        ensureMarks(entries);
        boolean exposureChanged = false;
        for (int i = 0; i < history.experimentCount; i++) {
            int number = history.experiments[i];
            if (!closed[number]) {
                exposureChanged |= contribute(experiments.get(number), marked, sign);
            }
        }
        account(marked, entries, sign, marked > 0 && exposureChanged);
    }

    /** Every entry counts in an experiment or in none; the marked ones may do so differently now. */
    private void account(int marked, int entries, int sign, boolean exposureChanged) {
        markCounted(entries, counted);
        for (int entry = marked; entry < entries; entry++) {
            account(entry, counted[entry], sign);
        }
        if (exposureChanged) {
            markCounted(marked, countedBefore);
            for (int entry = 0; entry < marked; entry++) {
                if (counted[entry] != countedBefore[entry]) {
                    account(entry, counted[entry], sign);
                    account(entry, countedBefore[entry], -sign);
                }
            }
        }
    }

    private void account(int entry, boolean isCounted, int sign) {
        if (!history.accounted[entry]) {
            accounts.add(history.source[entry], isCounted ? Way.COUNTED : Way.IN_NO_EXPERIMENT, sign);
        }
    }

    /** Which of the first entries count in some experiment, if there were only these. */
    private void markCounted(int until, boolean[] marks) {
        System.arraycopy(history.counts, 0, marks, 0, until);
        for (int i = 0; i < history.experimentCount; i++) {
            int number = history.experiments[i];
            if (!closed[number]) {
                markCounted(experiments.get(number), until, marks);
            }
        }
    }

    private void markCounted(ExperimentPlan experiment, int until, boolean[] marks) {
        int first = history.firstExposure[experiment.number()];
        if (first >= until || history.mixed[experiment.number()] < until) {
            return;
        }
        long exposed = history.millis[first];
        long observeUntil = experiment.observeUntilMillis();
        for (MetricPlan metric : experiment.metrics()) {
            long from = exposed - experiment.covariateMillis();
            long end = outcomeEnd(metric, exposed, experiment);
            markCounted(metric.slot(), from, end, until, marks);
            markCounted(metric.perSlot(), from, end, until, marks);
        }
        for (LifeTablePlan.Clock clock : experiment.lifeTable().clocks()) {
            markCounted(clock.entrySlot(), exposed, observeUntil, until, marks);
            for (LifeTablePlan.End end : clock.ends()) {
                markCounted(end.slot(), exposed, observeUntil, until, marks);
            }
        }
        for (StockPlan.Flow flow : experiment.stock().flows()) {
            markCounted(flow.slot(), exposed, observeUntil, until, marks);
        }
    }

    private void markCounted(int slot, long from, long end, int until, boolean[] marks) {
        for (int value = history.firstOf(slot); value != NONE; value = history.nextValue[value]) {
            int entry = history.valueEntry[value];
            if (entry >= until || history.millis[entry] >= end) {
                return;
            }
            marks[entry] |= history.millis[entry] >= from;
        }
    }

    private static long outcomeEnd(MetricPlan metric, long exposed, ExperimentPlan experiment) {
        return metric.windowMillis() == Long.MAX_VALUE
                ? experiment.observeUntilMillis()
                : Math.min(exposed + metric.windowMillis(), experiment.observeUntilMillis());
    }

    /** Gives whether the marked observations count differently now. */
    private boolean contribute(ExperimentPlan experiment, int marked, int sign) {
        int number = experiment.number();
        int first = history.firstExposure[number];
        int mixed = history.mixed[number];
        if (first >= marked) {
            add(experiment, 0, NEVER, mixed, sign);
            return true;
        }
        if (mixed < marked) {
            // In no metric any more, but what such a visitor takes is gone from the shelf.
            addStock(experiment, marked, NEVER, mixed, sign);
            return false;
        }
        if (mixed != NEVER) {
            add(experiment, 0, NEVER, mixed, sign);
            add(experiment, 0, marked, NEVER, -sign);
            return true;
        }
        add(experiment, marked, NEVER, NEVER, sign);
        return false;
    }

    /**
     * Adds sign · (f(observations before {@code until}) − f(observations before {@code marked})) of an experiment to which
     * the unit is exposed; with {@code marked} > 0 only where the rest leaves the exposure as it was.
     *
     * @param mixed the observation that makes it mixed, or NEVER
     */
    private void add(ExperimentPlan experiment, int marked, int until, int mixed, int sign) {
        int number = experiment.number();
        int first = history.firstExposure[number];
        int variant = history.variant[number];
        int firstDay = experiment.calendar().dayOf(history.millis[first]);
        int mixedDay = mixed == NEVER ? NEVER : experiment.calendar().dayOf(history.millis[mixed]);
        UnitChanges.ExperimentChanges to = changes.of(number);
        if (mixed != NEVER) {
            to.addMixed(mixedDay, sign);
        }
        addStock(experiment, marked, until, mixed, sign);
        if (firstDay >= mixedDay) {
            return;
        }
        change.target(experiment, to, variant, history, first);
        if (marked == 0) {
            change.addUnits(firstDay, sign);
            if (mixed != NEVER) {
                change.addUnits(mixedDay, -sign);
            }
        }
        for (int m = 0; m < experiment.metrics().size(); m++) {
            addMetric(experiment, m, first, marked, until, firstDay, mixedDay, sign);
        }
        if (!experiment.lifeTable().clocks().isEmpty()) {
            addLife(experiment, to, variant, first, until, mixedDay, sign);
            if (marked > 0) {
                addLife(experiment, to, variant, first, marked, mixedDay, -sign);
            }
        }
    }

    private void addMetric(
            ExperimentPlan experiment, int m, int first, int marked, int until, int firstDay, int mixedDay, int sign) {
        MetricPlan metric = experiment.metrics().get(m);
        long exposed = history.millis[first];
        long end = outcomeEnd(metric, exposed, experiment);
        change.start(m, metric, marked == 0, firstDay, mixedDay, sign);
        int own = history.firstOf(metric.slot());
        int per = history.firstOf(metric.perSlot());
        while (own != NONE || per != NONE) {
            boolean isOwn = per == NONE || (own != NONE && history.valueEntry[own] <= history.valueEntry[per]);
            int value = isOwn ? own : per;
            int entry = history.valueEntry[value];
            long millis = history.millis[entry];
            if (entry >= until || millis >= end) {
                break;
            }
            if (millis >= exposed) {
                change.outcome(entry >= marked, experiment.calendar().dayOf(millis), isOwn, history.values[value]);
            } else if (experiment.covariateMillis() > 0 && millis >= exposed - experiment.covariateMillis()) {
                change.covariate(isOwn, history.values[value]);
            }
            if (isOwn) {
                own = history.nextValue[own];
            } else {
                per = history.nextValue[per];
            }
        }
        change.finish();
    }

    private void addLife(
            ExperimentPlan experiment,
            UnitChanges.ExperimentChanges to,
            int variant,
            int first,
            int until,
            int mixedDay,
            int sign) {
        LifeTablePlan plan = experiment.lifeTable();
        for (LifeTablePlan.Clock clock : plan.clocks()) {
            long exposed = history.millis[first];
            long entered = clock.entrySlot() == MetricPlan.NONE
                    ? exposed
                    : earliest(clock.entrySlot(), exposed, experiment.observeUntilMillis(), until);
            long end = Long.MAX_VALUE;
            String kind = "";
            for (LifeTablePlan.End each : clock.ends()) {
                long millis = earliest(each.slot(), Math.max(exposed, entered), experiment.observeUntilMillis(), until);
                if (millis < end) {
                    end = millis;
                    kind = each.kind();
                }
            }
            if (entered == Long.MAX_VALUE) {
                continue;
            }
            long entryBin = (entered - experiment.startMillis()) / plan.binMillis();
            addLife(experiment, to, variant, clock, entryBin, LifeTablePlan.ENTERED, 0, entered, mixedDay, sign);
            if (end != Long.MAX_VALUE) {
                long bin = (end - entered) / plan.binMillis();
                addLife(experiment, to, variant, clock, entryBin, kind, bin, end, mixedDay, sign);
            }
        }
    }

    private static void addLife(
            ExperimentPlan experiment,
            UnitChanges.ExperimentChanges to,
            int variant,
            LifeTablePlan.Clock clock,
            long entryBin,
            String kind,
            long bin,
            long millis,
            int mixedDay,
            int sign) {
        int day = experiment.calendar().dayOf(millis);
        if (day < mixedDay) {
            to.addLife(variant, clock.origin(), entryBin, kind, bin, day, sign);
            if (mixedDay != NEVER) {
                to.addLife(variant, clock.origin(), entryBin, kind, bin, mixedDay, -sign);
            }
        }
    }

    /** Entry by entry, so that those before the mark need not be looked at. */
    private void addStock(ExperimentPlan experiment, int marked, int until, int mixed, int sign) {
        long exposed = history.millis[history.firstExposure[experiment.number()]];
        long observeUntil = experiment.observeUntilMillis();
        int mixedDay = mixed == NEVER ? NEVER : experiment.calendar().dayOf(history.millis[mixed]);
        for (StockPlan.Flow flow : experiment.stock().flows()) {
            for (int value = history.firstOf(flow.slot()); value != NONE; value = history.nextValue[value]) {
                int entry = history.valueEntry[value];
                if (entry >= until || history.millis[entry] >= observeUntil) {
                    break;
                }
                if (entry >= marked && history.millis[entry] >= exposed) {
                    addStock(experiment, flow, entry, history.values[value], mixedDay, sign);
                }
            }
        }
    }

    private void addStock(
            ExperimentPlan experiment, StockPlan.Flow flow, int entry, long value, int mixedDay, int sign) {
        UnitChanges.ExperimentChanges to = changes.of(experiment.number());
        int variant = history.variant[experiment.number()];
        String showroom = history.showroom(entry);
        String sku = flow.hasSku() ? history.sku(entry) : "";
        long pieces = flow.hasSku() ? value : 0;
        long minute = Math.floorDiv(history.millis[entry], StockPlan.MINUTE_MILLIS) * StockPlan.MINUTE_MILLIS;
        int day = experiment.calendar().dayOf(history.millis[entry]);
        if (day < mixedDay) {
            to.addStock(flow.kind(), variant, showroom, sku, minute, day, pieces, sign);
        }
        if (mixedDay != NEVER) {
            if (day < mixedDay) {
                to.addStock(flow.kind(), variant, showroom, sku, minute, mixedDay, pieces, -sign);
            }
            to.addStock(flow.kind(), -1, showroom, sku, minute, Math.max(day, mixedDay), pieces, sign);
        }
    }

    /** The time of the earliest value of a slot in [from, before), or {@link Long#MAX_VALUE}. */
    private long earliest(int slot, long from, long before, int until) {
        for (int value = history.firstOf(slot); value != NONE; value = history.nextValue[value]) {
            int entry = history.valueEntry[value];
            if (entry >= until || history.millis[entry] >= before) {
                break;
            }
            if (history.millis[entry] >= from) {
                return history.millis[entry];
            }
        }
        return Long.MAX_VALUE;
    }
}
