package org.showroomlab.jobs.count;

import org.showroomlab.jobs.plan.MetricPlan;
import org.showroomlab.jobs.results.UnitStatistic.Sum;

/**
 * The values of one unit that sums are made of, two {@linkplain Wide words} each, in an array: what its events add up to,
 * and of that what the metric makes of it.
 */
final class UnitValues {
    /** Where each stands: value, denominator, covariate, denominator of the covariate, value without the cap. */
    static final int Y = 0;

    static final int D = 2;
    static final int X = 4;
    static final int Z = 6;
    private static final int U = 8;
    static final int WORDS = 10;
    private static final int NONE = -1;
    /** By sum: which two values it multiplies. */
    private static final int[][] FACTORS = factors();

    private UnitValues() {}

    private static int[][] factors() {
        int[][] factors = new int[Sum.values().length][];
        factors[Sum.Y.ordinal()] = new int[] {Y, NONE};
        factors[Sum.YY.ordinal()] = new int[] {Y, Y};
        factors[Sum.D.ordinal()] = new int[] {D, NONE};
        factors[Sum.DD.ordinal()] = new int[] {D, D};
        factors[Sum.YD.ordinal()] = new int[] {Y, D};
        factors[Sum.X.ordinal()] = new int[] {X, NONE};
        factors[Sum.XX.ordinal()] = new int[] {X, X};
        factors[Sum.YX.ordinal()] = new int[] {Y, X};
        factors[Sum.Z.ordinal()] = new int[] {Z, NONE};
        factors[Sum.ZZ.ordinal()] = new int[] {Z, Z};
        factors[Sum.YZ.ordinal()] = new int[] {Y, Z};
        factors[Sum.DX.ordinal()] = new int[] {D, X};
        factors[Sum.DZ.ordinal()] = new int[] {D, Z};
        factors[Sum.XZ.ordinal()] = new int[] {X, Z};
        factors[Sum.U.ordinal()] = new int[] {U, NONE};
        factors[Sum.UU.ordinal()] = new int[] {U, U};
        return factors;
    }

    /** Makes the unit's values of the sums of its events, which stand in their places. */
    static void ofSums(MetricPlan plan, long[] values) {
        if (plan.isYesOrNo()) {
            yesOrNo(values, Y);
            yesOrNo(values, X);
        }
        values[U] = values[Y];
        values[U + 1] = values[Y + 1];
        cap(plan, values, Y);
        cap(plan, values, X);
    }

    private static void yesOrNo(long[] values, int at) {
        values[at + 1] = values[at] > 0 || (values[at] == 0 && values[at + 1] != 0) ? 1 : 0;
        values[at] = 0;
    }

    private static void cap(MetricPlan plan, long[] values, int at) {
        if (plan.isCapped(values[at], values[at + 1])) {
            values[at] = 0;
            values[at + 1] = plan.cap();
        }
    }

    /** Adds what these values are to a sum. */
    static void add(long[] to, int at, Sum sum, long[] values) {
        int[] factors = FACTORS[sum.ordinal()];
        int a = factors[0];
        int b = factors[1];
        if (b == NONE) {
            Wide.add(to, at, values[a], values[a + 1]);
        } else {
            Wide.addProduct(to, at, values[a], values[a + 1], values[b], values[b + 1]);
        }
    }

    static void subtract(long[] to, int at, Sum sum, long[] values) {
        int[] factors = FACTORS[sum.ordinal()];
        int a = factors[0];
        int b = factors[1];
        if (b == NONE) {
            Wide.subtract(to, at, values[a], values[a + 1]);
        } else {
            Wide.subtractProduct(to, at, values[a], values[a + 1], values[b], values[b + 1]);
        }
    }
}
