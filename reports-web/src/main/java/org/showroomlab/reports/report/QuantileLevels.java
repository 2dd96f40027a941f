package org.showroomlab.reports.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.clusters.Cluster;
import org.showroomlab.stats.quantile.QuantileEstimate;
import org.showroomlab.stats.quantile.WoodruffQuantile;

/**
 * The quantile of arms whose events come in clusters, by Woodruff's inversion.
 *
 * @param scale of the values' integers
 */
record QuantileLevels(double quantile, int scale, Significance significance) {
    /** Of equal clusters both ways to the standard error give the same. */
    private static final double ROUNDING = 1e-6;

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

    /** With the care of {@link UnequalClusters}: a few clusters that outweigh the others are a few. */
    Computable<QuantileArm> careful(ArmHistograms arm) {
        return arm.careful(this);
    }

    /** The same, which the arm keeps. */
    Computable<QuantileArm> computeCareful(ArmHistograms arm) {
        return estimate(arm).map(equal -> careful(arm, equal));
    }

    private QuantileArm careful(ArmHistograms arm, QuantileEstimate equal) {
        BucketClusters counts = new BucketClusters(arm, scale);
        double[] totals = counts.totals();
        double[] upTo = counts.upTo(equal.estimate());
        List<Cluster> shares = IntStream.range(0, totals.length)
                .mapToObj(g -> new Cluster(totals[g], upTo[g], true))
                .toList();
        double df = totals.length - 1.0;
        Optional<Effect> share = ClusterLevel.of(shares, significance).value();
        if (share.isEmpty()) {
            return new QuantileArm(equal, df);
        }
        double stdError = share.get().stdError();
        double dfOfShare = Math.min(df, share.get().df().orElse(df));
        double stdErrorOfEqual = UnequalClusters.stdErrorOfEqual(shares);
        return stdError <= stdErrorOfEqual * (1 + ROUNDING) && dfOfShare >= df - ROUNDING
                ? new QuantileArm(equal, df)
                : new QuantileArm(
                        woodruff()
                                .estimate(
                                        ValueHistograms.of(arm.whole(), scale),
                                        equal.units(),
                                        Math.max(stdError, stdErrorOfEqual),
                                        dfOfShare),
                        dfOfShare);
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
