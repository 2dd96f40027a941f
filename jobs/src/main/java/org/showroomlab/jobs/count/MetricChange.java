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
    private static final int Y = 0;
    private static final int D = 1;
    private static final int X = 2;
    private static final int Z = 3;
    private static final int U = 4;
    /** By sum: which two values it multiplies; −1: one. */
    private static final int[][] FACTORS = factors();

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
    private long numerator;
    private long denominator;
    private long x;
    private long z;
    private long events;
    private long eventsWritten;
    private final long[] now = new long[5];
    private final long[] written = new long[5];
    private int size;
    private final long[] words = new long[2 + Wide.WORDS * Sum.values().length];
    private final long[] takenBack = new long[words.length];

    private static int[][] factors() {
        int[][] factors = new int[Sum.values().length][];
        factors[Sum.Y.ordinal()] = new int[] {Y, -1};
        factors[Sum.YY.ordinal()] = new int[] {Y, Y};
        factors[Sum.D.ordinal()] = new int[] {D, -1};
        factors[Sum.DD.ordinal()] = new int[] {D, D};
        factors[Sum.YD.ordinal()] = new int[] {Y, D};
        factors[Sum.X.ordinal()] = new int[] {X, -1};
        factors[Sum.XX.ordinal()] = new int[] {X, X};
        factors[Sum.YX.ordinal()] = new int[] {Y, X};
        factors[Sum.Z.ordinal()] = new int[] {Z, -1};
        factors[Sum.ZZ.ordinal()] = new int[] {Z, Z};
        factors[Sum.YZ.ordinal()] = new int[] {Y, Z};
        factors[Sum.DX.ordinal()] = new int[] {D, X};
        factors[Sum.DZ.ordinal()] = new int[] {D, Z};
        factors[Sum.XZ.ordinal()] = new int[] {X, Z};
        factors[Sum.U.ordinal()] = new int[] {U, -1};
        factors[Sum.UU.ordinal()] = new int[] {U, U};
        return factors;
    }

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
        numerator = 0;
        denominator = 0;
        x = 0;
        z = 0;
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
            x = saturatingAdd(x, plan.numerator(value));
            z = saturatingAdd(z, plan.ownDenominator());
        } else {
            z = saturatingAdd(z, value);
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
            numerator = saturatingAdd(numerator, plan.numerator(value));
            denominator = saturatingAdd(denominator, plan.ownDenominator());
            events++;
        } else {
            denominator = saturatingAdd(denominator, value);
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
        MetricPlan plan = plan();
        into[Y] = plan.valueOf(numerator);
        into[D] = denominator;
        into[X] = plan.valueOf(x);
        into[Z] = z;
        into[U] = plan.uncapped(numerator);
    }

    /** Writes what has changed since the last time into the cells of the day. */
    private void write() {
        read(now);
        words[0] = isNew ? 1 : 0;
        words[1] = events - eventsWritten;
        List<Sum> sums = plan().sums();
        for (int s = 0; s < sums.size(); s++) {
            int[] factor = FACTORS[sums.get(s).ordinal()];
            int at = 2 + Wide.WORDS * s;
            Arrays.fill(words, at, at + Wide.WORDS, 0);
            Wide.addProduct(words, at, now[factor[0]], factor[1] < 0 ? 1 : now[factor[1]]);
            if (!isNew) {
                Wide.subtractProduct(words, at, written[factor[0]], factor[1] < 0 ? 1 : written[factor[1]]);
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

    /** One unit's sum stops at the ends of 64 bits, in time order, so the result stays independent of arrival. */
    private static long saturatingAdd(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return sum;
    }
}
