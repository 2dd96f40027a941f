package org.showroomlab.reports.report;

import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.quantile.QuantileEstimate;
import org.showroomlab.stats.quantile.WoodruffQuantile;

/**
 * The quantile of arms whose events come in clusters, by Woodruff's inversion.
 *
 * @param scale of the values' integers
 */
record QuantileLevels(double quantile, int scale, Significance significance) {
    /** First the buckets near the quantile; more of them only when its interval reaches beyond. */
    private static final double[] REACHES = {0.05, 0.25, 1};

    Computable<QuantileEstimate> estimate(ArmHistograms arm) {
        Computable<QuantileEstimate> estimate = Computable.notComputable("not_enough_data", "There are no events.");
        for (double reach : REACHES) {
            Computable<ValueHistograms> near =
                    MetricMethod.guarded(() -> Computable.of(ValueHistograms.around(arm, quantile, reach, scale)));
            estimate = near.flatMap(h -> woodruff().estimate(h.histograms()));
            Interval exact = near.value().map(ValueHistograms::exact).orElse(Interval.UNBOUNDED);
            if (estimate.value().map(e -> isInside(e.ci(), exact)).orElse(true)) {
                return estimate;
            }
        }
        return estimate;
    }

    private static boolean isInside(Interval ci, Interval exact) {
        return exact.low() < ci.low() && ci.high() < exact.high();
    }

    Computable<ArmEstimate> arm(ArmHistograms arm) {
        return estimate(arm).map(QuantileEstimate::asArm);
    }

    Computable<Interval> interval(ArmHistograms arm) {
        return estimate(arm).map(QuantileEstimate::ci);
    }

    Computable<Effect> difference(ArmHistograms control, ArmHistograms treatment) {
        return estimate(control)
                .flatMap(c -> estimate(treatment).flatMap(t -> woodruff().difference(c, t)));
    }

    Computable<RelativeEffect> relative(ArmHistograms control, ArmHistograms treatment) {
        return arm(control)
                .flatMap(c -> arm(treatment)
                        .flatMap(t -> difference(control, treatment)
                                .flatMap(absolute -> StudentLift.of(significance, c, t, absolute))));
    }

    private WoodruffQuantile woodruff() {
        return new WoodruffQuantile(quantile, significance);
    }
}
