package org.showroomlab.reports.report;

import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Experiment.UnitKind;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.clusters.RandomizationResult;

/** How one metric of one experiment is computed from its sums: the only place that chooses a statistical method. */
interface MetricMethod {

    /**
     * The method for what was randomised and what is measured.
     *
     * @param sums tell whether clusters were switched between variants
     */
    static MetricMethod of(Experiment experiment, Metric metric, ExperimentSums sums) {
        Significance significance = new Significance(experiment.alpha(), Alternative.TWO_SIDED);
        if (experiment.unit() == UnitKind.VISITOR) {
            return metric.type() == Metric.Type.QUANTILE
                    ? new VisitorQuantileMethod(metric, significance)
                    : new VisitorMethod(metric, significance, experiment.covariateDays() > 0);
        }
        ClusterMetric values =
                ClusterMetric.of(metric, experiment.periodMinutes().isPresent());
        return isSwitchback(experiment, sums)
                ? new SwitchbackMethod(values, significance)
                : new ParallelClustersMethod(values, significance);
    }

    /** Whether the same cluster changes its variant from period to period. */
    static boolean isSwitchback(Experiment experiment, ExperimentSums sums) {
        return experiment.unit() != UnitKind.VISITOR
                && experiment.periodMinutes().isPresent()
                && sums.switched();
    }

    /** Short name of the method that these arms get. */
    String name(ArmSums control, ArmSums treatment);

    /** The arm's level with its standard error. */
    Computable<ArmEstimate> arm(ArmSums sums);

    /** The arm's level, which there may be where nothing tells its error; empty where there is nothing to divide by. */
    OptionalDouble level(ArmSums sums);

    /** The arm's own interval. */
    Computable<Interval> armInterval(ArmSums sums);

    /** Degrees of freedom of the standard error of an arm's quantile over clusters; empty for all else. */
    default OptionalDouble df(ArmSums sums) {
        return OptionalDouble.empty();
    }

    Computable<Effect> difference(ArmSums control, ArmSums treatment);

    /** The difference alone, which there may be where nothing tells its error. */
    default OptionalDouble estimate(ArmSums control, ArmSums treatment) {
        Computable<Effect> measured = difference(control, treatment);
        if (measured.value().isPresent()) {
            return OptionalDouble.of(measured.orElseThrow().estimate());
        }
        OptionalDouble from = level(control);
        OptionalDouble to = level(treatment);
        return from.isPresent() && to.isPresent()
                ? OptionalDouble.of(to.getAsDouble() - from.getAsDouble())
                : OptionalDouble.empty();
    }

    Computable<RelativeEffect> relative(ArmSums control, ArmSums treatment);

    /** The difference with a band that holds at all times at once. */
    Computable<Effect> anytime(ArmSums control, ArmSums treatment);

    /** The arm's own level with such a band. */
    Computable<Interval> anytimeInterval(ArmSums sums);

    /** The difference adjusted by the covariate; {@code null} where there is none. */
    default @Nullable Computable<Effect> adjusted(ArmSums control, ArmSums treatment) {
        return null;
    }

    /** The level without the metric's cap; {@code null} without one. */
    default @Nullable Computable<ArmEstimate> uncappedArm(ArmSums sums) {
        return null;
    }

    /** The difference without the metric's cap; {@code null} without one. */
    default @Nullable Computable<Effect> uncappedDifference(ArmSums control, ArmSums treatment) {
        return null;
    }

    /** The test by the assignments that could have been; {@code null} where units are too many to need it. */
    default @Nullable Computable<RandomizationResult> randomization(ArmSums control, ArmSums treatment) {
        return null;
    }

    /**
     * While rows stream in, one day of an arm may be written and the next not yet, so that sums contradict each other for
     * a moment. That is no reason to lose the page.
     */
    static <T> Computable<T> guarded(Supplier<Computable<T>> computation) {
        try {
            return computation.get();
        } catch (IllegalArgumentException e) {
            return Computable.notComputable(
                    "inconsistent_sums", "The stored sums of an arm contradict each other: " + e.getMessage() + ".");
        }
    }
}
