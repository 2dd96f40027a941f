package org.showroomlab.reports.report;

import java.util.OptionalDouble;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.monitoring.AsymptoticSequence;

/**
 * A quantile over the events of visitors. Events of one visitor depend on each other, so the variance is taken between
 * groups of visitors, which are independent.
 */
record VisitorQuantileMethod(Metric metric, Significance significance) implements MetricMethod {

    @Override
    public String name(ArmSums control, ArmSums treatment) {
        return "woodruff";
    }

    @Override
    public Computable<ArmEstimate> arm(ArmSums sums) {
        return levels().arm(groups(sums));
    }

    @Override
    public OptionalDouble level(ArmSums sums) {
        return levels().level(groups(sums));
    }

    @Override
    public Computable<Interval> armInterval(ArmSums sums) {
        return levels().interval(groups(sums));
    }

    @Override
    public Computable<Effect> difference(ArmSums control, ArmSums treatment) {
        return levels().difference(groups(control), groups(treatment));
    }

    @Override
    public Computable<RelativeEffect> relative(ArmSums control, ArmSums treatment) {
        return levels().relative(groups(control), groups(treatment));
    }

    /** Over the exposed visitors, who are what comes in one after another. */
    @Override
    public Computable<Effect> anytime(ArmSums control, ArmSums treatment) {
        return difference(control, treatment)
                .flatMap(e -> MetricMethod.guarded(
                        () -> band().band(e.estimate(), e.stdError(), (double) control.n() + treatment.n())));
    }

    @Override
    public Computable<Interval> anytimeInterval(ArmSums sums) {
        return arm(sums)
                .flatMap(a -> MetricMethod.guarded(() -> band().band(a.estimate(), a.stdError(), (double) sums.n())))
                .map(Effect::ci);
    }

    private AsymptoticSequence band() {
        return new AsymptoticSequence(significance, VisitorMethod.ANYTIME_TUNING_UNITS);
    }

    private ArmHistograms groups(ArmSums sums) {
        return values().clusterHistograms(sums);
    }

    private QuantileLevels levels() {
        return values().levels(significance);
    }

    private ClusterMetric values() {
        return ClusterMetric.of(metric, false);
    }
}
