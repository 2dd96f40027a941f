package org.showroomlab.reports.analyze;

import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.DecimalSums;
import org.showroomlab.stats.arms.Proportion;

/** Sums of one arm, read without rounding: n·Q − S² is exact before anything becomes a double. */
final class ArmFields {

    private ArmFields() {}

    static ArmMoments mean(Fields item, String name) {
        Fields arm = item.fields(name);
        return moments(arm, DecimalSums.ofMean(arm.count("n"), arm.decimal("sum"), arm.decimal("sum_squares")), "sum");
    }

    static ArmMoments meanWithCovariate(Fields item, String name) {
        Fields arm = item.fields(name);
        DecimalSums sums = DecimalSums.ofMeanWithCovariate(
                arm.count("n"),
                arm.decimal("sum"),
                arm.decimal("sum_squares"),
                arm.decimal("x_sum"),
                arm.decimal("x_sum_squares"),
                arm.decimal("xy_sum"));
        ArmMoments moments = moments(arm, sums, "sum");
        new CrossSum(sums.n(), sums.y(), sums.yy(), sums.x(), sums.xx(), sums.yx()).check(arm, "xy_sum");
        return moments;
    }

    static ArmMoments ratio(Fields item, String name) {
        Fields arm = item.fields(name);
        DecimalSums sums = DecimalSums.ofRatio(
                arm.count("n"),
                arm.decimal("num_sum"),
                arm.decimal("num_sum_squares"),
                arm.decimal("den_sum"),
                arm.decimal("den_sum_squares"),
                arm.decimal("cross_sum"));
        ArmMoments moments = moments(arm, sums, "num_sum");
        new CrossSum(sums.n(), sums.y(), sums.yy(), sums.d(), sums.dd(), sums.yd()).check(arm, "cross_sum");
        return moments;
    }

    static Proportion proportion(Fields item, String name) {
        Fields arm = item.fields(name);
        long n = arm.count("n");
        long successes = arm.count("successes");
        if (successes > n) {
            throw new InvalidItem(arm.name("successes") + " must be at most n = " + n + ": " + successes + ".");
        }
        return new Proportion(n, successes);
    }

    private static ArmMoments moments(Fields arm, DecimalSums sums, String sumName) {
        boolean empty = sums.n() == 0;
        if (empty && (sums.y().signum() != 0 || sums.yy().signum() != 0)) {
            throw new InvalidItem(arm.name(sumName) + " must be 0 when n is 0.");
        }
        try {
            return ArmMoments.ofDecimal(sums);
        } catch (IllegalArgumentException e) {
            throw new InvalidItem("The sums of " + arm.place() + " contradict each other: " + e.getMessage() + ".");
        }
    }

    static boolean hasCovariate(Fields item) {
        return item.has("adjust")
                || item.fields("control").has("x_sum")
                || item.fields("treatment").has("x_sum");
    }
}
