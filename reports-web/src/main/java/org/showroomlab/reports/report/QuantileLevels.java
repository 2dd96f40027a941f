package org.showroomlab.reports.report;

import java.util.List;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.quantile.Histogram;
import org.showroomlab.stats.quantile.QuantileEstimate;
import org.showroomlab.stats.quantile.WoodruffQuantile;

/** The quantile of arms whose events come in clusters, by Woodruff's inversion. */
record QuantileLevels(double quantile, Significance significance) {

    Computable<QuantileEstimate> estimate(List<Histogram> clusters) {
        return MetricMethod.guarded(() -> woodruff().estimate(clusters));
    }

    Computable<ArmEstimate> arm(List<Histogram> clusters) {
        return estimate(clusters).map(QuantileEstimate::asArm);
    }

    Computable<Interval> interval(List<Histogram> clusters) {
        return estimate(clusters).map(QuantileEstimate::ci);
    }

    Computable<Effect> difference(List<Histogram> control, List<Histogram> treatment) {
        return estimate(control)
                .flatMap(c -> estimate(treatment).flatMap(t -> woodruff().difference(c, t)));
    }

    Computable<RelativeEffect> relative(List<Histogram> control, List<Histogram> treatment) {
        return arm(control)
                .flatMap(c -> arm(treatment)
                        .flatMap(t -> difference(control, treatment)
                                .flatMap(absolute -> StudentLift.of(significance, c, t, absolute))));
    }

    private WoodruffQuantile woodruff() {
        return new WoodruffQuantile(quantile, significance);
    }
}
