package org.showroomlab.reports.report;

import java.util.List;
import java.util.OptionalDouble;
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

    private Computable<QuantileEstimate> estimate(ArmHistograms arm) {
        return arm.estimate(this);
    }

    /** The estimate, which the arm keeps. */
    Computable<QuantileEstimate> compute(ArmHistograms arm) {
        return arm.whole().isEmpty()
                ? woodruff().estimate(List.of())
                : MetricMethod.guarded(() ->
                        woodruff().estimate(ValueHistograms.of(arm.whole(), scale), new BucketClusters(arm, scale)));
    }

    Computable<ArmEstimate> arm(ArmHistograms arm) {
        return estimate(arm).map(QuantileEstimate::asArm);
    }

    /** The quantile by itself. */
    OptionalDouble level(ArmHistograms arm) {
        return arm.whole().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(ValueHistograms.of(arm.whole(), scale).quantile(quantile));
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
