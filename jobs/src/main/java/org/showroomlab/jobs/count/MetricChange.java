package org.showroomlab.jobs.count;

import static org.showroomlab.jobs.count.UnitHistory.NEVER;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.codec.Fingerprints;
import org.showroomlab.ingest.experiment.LogBuckets;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.plan.MetricPlan;
import org.showroomlab.jobs.results.UnitStatistic.Sum;

/** One metric of one unit: its running values over the history, and what they have changed since they were last written into cells. */
final class MetricChange {
    private ArmCells[] targets = new ArmCells[8];
    private int targetCount;
    private int group;

    private int m;
    private @Nullable MetricPlan metric;
    private int sign;
    private int day;
    private int mixedDay;
    private boolean pending;
    private boolean isNew;
    /** What the unit's events add up to so far. */
    private final long[] running = new long[UnitValues.WORDS];

    private long events;
    private long eventsWritten;
    private final long[] now = new long[UnitValues.WORDS];
    private final long[] written = new long[UnitValues.WORDS];
    private int size;
    private final long[] words = new long[2 + Wide.WORDS * Sum.values().length];
    private final long[] takenBack = new long[words.length];

    /** The arm and the slices that the unit belongs to. */
    void target(
            ExperimentPlan experiment,
            UnitChanges.ExperimentChanges to,
            int variant,
            UnitHistory unit,
            int firstExposure) {
        int dimensions = experiment.dimensions().size();
        if (targets.length < dimensions + 2) {
            targets = new ArmCells[dimensions + 2];
        }
        targets[0] = to.arm(variant);
        for (int d = 0; d < dimensions; d++) {
            long region = unit.dimensionRegion(firstExposure, experiment.dimensionSlots()[d]);
            targets[d + 1] = to.slice(d, variant, unit.bytes, (int) (region >>> 32), (int) region);
        }
        targetCount = dimensions + 1;
        if (experiment.cohortMillis() > 0) {
            targets[targetCount++] = to.cohort(variant, unit.millis[firstExposure]);
        }
        group = Fingerprints.visitorGroup(unit.unitLow);
    }

    void addUnits(int onDay, int more) {
        for (int t = 0; t < targetCount; t++) {
            targets[t].addUnits(onDay, more);
        }
    }

    void start(int index, MetricPlan plan, boolean unitIsNew, int firstDay, int mixedOnDay, int withSign) {
        m = index;
        metric = plan;
        isNew = unitIsNew;
        pending = unitIsNew;
        day = firstDay;
        mixedDay = mixedOnDay;
        sign = withSign;
        Arrays.fill(running, 0);
        events = 0;
        eventsWritten = 0;
        Arrays.fill(written, 0);
        size = 2 + Wide.WORDS * plan.sums().size();
        if (mixedOnDay != NEVER) {
            Arrays.fill(takenBack, 0);
        }
    }

    void covariate(boolean isOwn, long value) {
        MetricPlan plan = plan();
        if (isOwn) {
            Wide.addTo(running, UnitValues.X, plan.numerator(value));
            Wide.addTo(running, UnitValues.Z, plan.ownDenominator());
        } else {
            Wide.addTo(running, UnitValues.Z, value);
        }
    }

    void outcome(boolean isChange, int onDay, boolean isOwn, long value) {
        if (isChange && pending && onDay != day) {
            write();
        } else if (isChange && !pending) {
            read(written);
            eventsWritten = events;
        }
        MetricPlan plan = plan();
        if (isOwn) {
            Wide.addTo(running, UnitValues.Y, plan.numerator(value));
            Wide.addTo(running, UnitValues.D, plan.ownDenominator());
            events++;
        } else {
            Wide.addTo(running, UnitValues.D, value);
        }
        if (isChange) {
            pending = true;
            day = onDay;
            if (plan.isQuantile()) {
                bucket(onDay, LogBuckets.bucketOf(value));
            }
        }
    }

    private void bucket(int onDay, int bucket) {
        if (onDay >= mixedDay) {
            return;
        }
        for (int t = 0; t < targetCount; t++) {
            targets[t].addToHistogram(m, group, onDay, bucket, sign);
            if (mixedDay != NEVER) {
                targets[t].addToHistogram(m, group, mixedDay, bucket, -sign);
            }
        }
    }

    private void read(long[] into) {
        System.arraycopy(running, 0, into, 0, running.length);
        UnitValues.ofSums(plan(), into);
    }

    /** Writes what has changed since the last time into the cells of the day. */
    private void write() {
        read(now);
        words[0] = isNew ? 1 : 0;
        words[1] = events - eventsWritten;
        List<Sum> sums = plan().sums();
        for (int s = 0; s < sums.size(); s++) {
            int at = 2 + Wide.WORDS * s;
            Arrays.fill(words, at, at + Wide.WORDS, 0);
            UnitValues.add(words, at, sums.get(s), now);
            if (!isNew) {
                UnitValues.subtract(words, at, sums.get(s), written);
            }
        }
        if (day < mixedDay) {
            for (int t = 0; t < targetCount; t++) {
                targets[t].add(m, day, words, size, sign);
            }
            if (mixedDay != NEVER) {
                addTo(takenBack, words, size);
            }
        }
        System.arraycopy(now, 0, written, 0, now.length);
        eventsWritten = events;
        isNew = false;
        pending = false;
    }

    private static void addTo(long[] sum, long[] more, int size) {
        sum[0] += more[0];
        sum[1] += more[1];
        for (int i = 2; i < size; i += Wide.WORDS) {
            Wide.add(sum, i, more, i);
        }
    }

    void finish() {
        if (pending) {
            write();
        }
        if (mixedDay != NEVER) {
            for (int t = 0; t < targetCount; t++) {
                targets[t].add(m, mixedDay, takenBack, size, -sign);
            }
        }
    }

    private MetricPlan plan() {
        return java.util.Objects.requireNonNull(metric);
    }
}
