package org.showroomlab.reports.report;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.clusters.Cluster;
import org.showroomlab.stats.clusters.ClusterRobustTest;
import org.showroomlab.stats.clusters.RandomizationResult;
import org.showroomlab.stats.clusters.RandomizationTest;
import org.showroomlab.stats.monitoring.AsymptoticSequence;

/**
 * A metric of caches or showrooms that keep their variant: each cluster is one observation, however many events it has.
 *
 * <p>The difference is cluster-robust (CR2 with Satterthwaite's degrees of freedom; Woodruff's for a quantile, with the same
 * care for unequal clusters), with the exact randomisation test beside it. Where even the most extreme assignment of these clusters cannot reach the level
 * there is no difference at all; below 4 degrees of freedom only the randomisation test remains, which has no interval.
 */
record ParallelClustersMethod(ClusterMetric values, Significance significance) implements MetricMethod {
    private static final double SMALLEST_DF = 4;

    /** Clusters at which the always-valid band is tightest. */
    static final double ANYTIME_TUNING_CLUSTERS = 100;

    @Override
    public String name(ArmSums control, ArmSums treatment) {
        boolean robust = robust(control, treatment)
                .map(ParallelClustersMethod::hasEnoughDf)
                .value()
                .orElse(true);
        if (!robust) {
            return "randomization";
        }
        return values.isQuantile() ? "woodruff" : "cr2_satterthwaite";
    }

    @Override
    public Computable<ArmEstimate> arm(ArmSums sums) {
        return values.isQuantile()
                ? quantile(sums).map(arm -> arm.estimate().asArm())
                : ClusterLevel.arm(robustLevel(sums), size(sums));
    }

    @Override
    public OptionalDouble level(ArmSums sums) {
        return values.isQuantile() ? levels().level(values.clusterHistograms(sums)) : values.level(sums);
    }

    @Override
    public Computable<Interval> armInterval(ArmSums sums) {
        return values.isQuantile()
                ? quantile(sums).map(arm -> arm.estimate().ci())
                : robustLevel(sums).map(Effect::ci);
    }

    @Override
    public Computable<Effect> difference(ArmSums control, ArmSums treatment) {
        Computable<List<Cluster>> observed = values.isQuantile()
                ? both(values.observed(control), values.observed(treatment))
                : clusters(control, treatment);
        return observed.flatMap(this::canReachLevel)
                .flatMap(clusters -> robust(control, treatment)
                        .flatMap(e -> hasEnoughDf(e)
                                ? Computable.of(e)
                                : clusters(control, treatment).flatMap(all -> exactAlone(e, all))));
    }

    private static boolean hasEnoughDf(Effect effect) {
        OptionalDouble df = effect.df();
        return df.isPresent() && df.getAsDouble() >= SMALLEST_DF - 1e-9;
    }

    /** The p-value of the randomisation test, which comes without an interval. */
    private Computable<Effect> exactAlone(Effect robust, List<Cluster> clusters) {
        return exact().test(clusters)
                .map(test -> new Effect(
                        robust.estimate(),
                        robust.stdError(),
                        OptionalDouble.empty(),
                        Interval.UNBOUNDED,
                        test.pValue()));
    }

    private Computable<Effect> robust(ArmSums control, ArmSums treatment) {
        return values.isQuantile()
                ? levels().difference(values.clusterHistograms(control), values.clusterHistograms(treatment))
                        .map(woodruff -> clusters(control, treatment)
                                .flatMap(shares -> cr2(shares)
                                        .map(robust ->
                                                new UnequalClusters(significance, shares).widened(woodruff, robust)))
                                .value()
                                .orElse(woodruff))
                : clusters(control, treatment).flatMap(this::cr2);
    }

    private Computable<Effect> cr2(List<Cluster> clusters) {
        return MetricMethod.guarded(() -> new ClusterRobustTest(significance, Double.MIN_VALUE).difference(clusters));
    }

    /** Assignments that could have been: C(G, treated), and twice as many are as extreme when the arms are equal. */
    private Computable<List<Cluster>> canReachLevel(List<Cluster> clusters) {
        List<Cluster> seen = clusters.stream().filter(c -> !c.isEmpty()).toList();
        long treated = seen.stream().filter(Cluster::treated).count();
        if (treated == 0 || treated == seen.size()) {
            return Computable.notComputable("not_enough_data", "An arm has no cluster with anything to count yet.");
        }
        double assignments = 1;
        for (int i = 1; i <= treated; i++) {
            assignments *= (seen.size() - treated + i) / (double) i;
        }
        double smallest = (2 * treated == seen.size() ? 2 : 1) / assignments;
        return smallest <= significance.alpha()
                ? Computable.of(clusters)
                : Computable.notComputable(
                        "too_few_clusters",
                        String.format(
                                Locale.ROOT,
                                "With %d clusters, %d of them treated, no assignment can give a p-value below %.4f.",
                                seen.size(),
                                treated,
                                smallest));
    }

    @Override
    public Computable<RelativeEffect> relative(ArmSums control, ArmSums treatment) {
        return difference(control, treatment)
                .flatMap(absolute -> absolute.df().isEmpty()
                        ? Computable.notComputable(
                                "too_few_clusters",
                                "Below 4 degrees of freedom only the randomisation test remains, which has no interval.")
                        : arm(control)
                                .flatMap(c -> arm(treatment)
                                        .flatMap(t -> StudentLift.of(
                                                significance,
                                                scaled(c, c, t, absolute),
                                                scaled(t, c, t, absolute),
                                                absolute))));
    }

    /** The arm with a standard error by which both together have that of the difference. */
    private static ArmEstimate scaled(ArmEstimate arm, ArmEstimate control, ArmEstimate treatment, Effect absolute) {
        double both = Math.hypot(control.stdError(), treatment.stdError());
        double factor = both > 0 ? Math.max(1, absolute.stdError() / both) : 1;
        return new ArmEstimate(arm.n(), arm.estimate(), factor * arm.stdError());
    }

    @Override
    public Computable<Effect> anytime(ArmSums control, ArmSums treatment) {
        int clusters = size(control) + size(treatment);
        return clusters < AsymptoticSequence.FEWEST_CLUSTERS
                ? band().clusterBand(0, 0, clusters)
                : difference(control, treatment)
                        .flatMap(e -> band().clusterBand(e.estimate(), e.stdError(), Math.min(clusters, effective(e))));
    }

    /** So many equal clusters would have as many degrees of freedom: a few that outweigh the others are a few. */
    private static int effective(Effect difference) {
        return (int) Math.round(difference.df().orElse(0)) + 2;
    }

    @Override
    public Computable<Interval> anytimeInterval(ArmSums sums) {
        return arm(sums)
                .flatMap(a -> band().clusterBand(a.estimate(), a.stdError(), size(sums)))
                .map(Effect::ci);
    }

    private AsymptoticSequence band() {
        return new AsymptoticSequence(significance, ANYTIME_TUNING_CLUSTERS);
    }

    @Override
    public @Nullable Computable<ArmEstimate> uncappedArm(ArmSums sums) {
        return values.metric().cap() == null ? null : withoutCap().arm(sums);
    }

    @Override
    public @Nullable Computable<Effect> uncappedDifference(ArmSums control, ArmSums treatment) {
        return values.metric().cap() == null ? null : withoutCap().difference(control, treatment);
    }

    private ParallelClustersMethod withoutCap() {
        return new ParallelClustersMethod(values.withoutCap(), significance);
    }

    @Override
    public Computable<RandomizationResult> randomization(ArmSums control, ArmSums treatment) {
        return clusters(control, treatment).flatMap(c -> exact().test(c));
    }

    private RandomizationTest exact() {
        return RandomizationTest.withDefaults().withAlpha(significance.alpha()).with(significance.alternative());
    }

    /** The clusters of both arms; of a quantile with the events at or below the quantile of both arms together. */
    private Computable<List<Cluster>> clusters(ArmSums control, ArmSums treatment) {
        if (values.isQuantile()) {
            return MetricMethod.guarded(() -> {
                double at = values.pooledQuantile(control, treatment);
                return both(values.atOrBelow(control, at), values.atOrBelow(treatment, at));
            });
        }
        return MetricMethod.guarded(() -> both(values.contributions(control), values.contributions(treatment)));
    }

    private static Computable<List<Cluster>> both(
            List<ClusterMetric.Contribution> control, List<ClusterMetric.Contribution> treatment) {
        return ClusterMetric.clusters(merged(control), false)
                .flatMap(c -> ClusterMetric.clusters(merged(treatment), true)
                        .map(t -> Stream.concat(c.stream(), t.stream()).toList()));
    }

    /** The periods of a cluster are one observation. */
    private static Collection<ClusterMetric.Contribution> merged(List<ClusterMetric.Contribution> cells) {
        Map<String, ClusterMetric.Contribution> byName = new LinkedHashMap<>();
        cells.forEach(c -> byName.merge(c.cell().cluster(), c, ClusterMetric.Contribution::plus));
        return byName.values();
    }

    @Override
    public OptionalDouble df(ArmSums sums) {
        return values.isQuantile() ? QuantileArm.df(quantile(sums)) : OptionalDouble.empty();
    }

    private Computable<QuantileArm> quantile(ArmSums sums) {
        return levels().careful(values.clusterHistograms(sums));
    }

    private Computable<Effect> robustLevel(ArmSums sums) {
        return ClusterMetric.clusters(merged(values.contributions(sums)), true)
                .flatMap(clusters -> MetricMethod.guarded(() -> ClusterLevel.of(clusters, significance)));
    }

    private int size(ArmSums sums) {
        return (int)
                (values.isQuantile()
                        ? values.clusterHistograms(sums).clusters().size()
                        : merged(values.contributions(sums)).stream()
                                .filter(g -> g.n() != 0)
                                .count());
    }

    private QuantileLevels levels() {
        return values.levels(significance);
    }
}
