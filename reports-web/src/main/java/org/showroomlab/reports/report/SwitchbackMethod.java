package org.showroomlab.reports.report;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Variant;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.clusters.Cluster;
import org.showroomlab.stats.clusters.ClusterRobustTest;
import org.showroomlab.stats.clusters.RandomizationResult;
import org.showroomlab.stats.clusters.SwitchbackTest;
import org.showroomlab.stats.monitoring.AsymptoticSequence;
import org.showroomlab.stats.verdict.Finding;
import org.showroomlab.stats.verdict.FixedOrder;

/**
 * A metric of caches or showrooms that are switched between variants: neighbouring periods of the same cluster are
 * compared, by the t-test of their differences and by flipping signs. Of a quantile, each cluster in each period is one
 * observation of Woodruff's interval, and signs are flipped of the shares at or below the quantile of both arms together.
 */
record SwitchbackMethod(ClusterMetric values, Significance significance) implements MetricMethod {
    /** Beyond this the sign-flip test says what the t-test says, and takes long. */
    private static final int MOST_FLIPPED_PAIRS = 10_000;

    /** Whether the order of the variants was drawn. */
    static Stream<Finding> findings(Experiment experiment, ExperimentSums sums) {
        if (!MetricMethod.isSwitchback(experiment, sums)) {
            return Stream.empty();
        }
        List<ClusterMetric.Contribution> control =
                seen(sums, experiment.variants().get(experiment.controlIndex()));
        return experiment.variants().stream()
                .filter(variant -> !variant.control())
                .map(variant -> {
                    Draws draws = Draws.of(PeriodPairs.of(control, seen(sums, variant)));
                    long controlFirst = draws.pairs().stream()
                            .filter(PeriodPairs.Pair::isControlFirst)
                            .count();
                    return new FixedOrder(
                            variant.id(), controlFirst, draws.pairs().size(), draws.regular());
                });
    }

    /** The periods of an arm that have an event of any metric. */
    private static List<ClusterMetric.Contribution> seen(ExperimentSums sums, Variant variant) {
        return sums.total("", variant.id()).cells().keySet().stream()
                .map(cell -> new ClusterMetric.Contribution(cell, 1, 0))
                .toList();
    }

    @Override
    public String name(ArmSums control, ArmSums treatment) {
        return values.isQuantile() ? "woodruff" : "switchback";
    }

    @Override
    public Computable<ArmEstimate> arm(ArmSums sums) {
        return values.isQuantile()
                ? quantile(sums).map(arm -> arm.estimate().asArm())
                : ClusterLevel.arm(robustLevel(sums), (int) values.contributions(sums).stream()
                        .filter(c -> c.n() != 0)
                        .count());
    }

    @Override
    public OptionalDouble level(ArmSums sums) {
        return values.isQuantile() ? levels().level(values.cellHistograms(sums)) : values.level(sums);
    }

    @Override
    public Computable<Interval> armInterval(ArmSums sums) {
        return values.isQuantile()
                ? quantile(sums).map(arm -> arm.estimate().ci())
                : robustLevel(sums).map(Effect::ci);
    }

    @Override
    public OptionalDouble df(ArmSums sums) {
        return values.isQuantile() ? QuantileArm.df(quantile(sums)) : OptionalDouble.empty();
    }

    private Computable<QuantileArm> quantile(ArmSums sums) {
        return levels().careful(values.cellHistograms(sums));
    }

    private Computable<Effect> robustLevel(ArmSums sums) {
        return ClusterMetric.clusters(values.contributions(sums), true)
                .flatMap(periods -> MetricMethod.guarded(() -> ClusterLevel.of(periods, significance)));
    }

    @Override
    public Computable<Effect> difference(ArmSums control, ArmSums treatment) {
        if (values.isQuantile()) {
            return canReachLevel(pairs(values.observed(control), values.observed(treatment)))
                    .flatMap(pairs ->
                            levels().difference(values.cellHistograms(control), values.cellHistograms(treatment)))
                    .map(woodruff -> asDrawn(woodruff, control, treatment));
        }
        return pairs(control, treatment).flatMap(this::canReachLevel).flatMap(this::difference);
    }

    /** With the care of {@link UnequalClusters}, and no more certain than the pairs that were drawn. */
    private Effect asDrawn(Effect woodruff, ArmSums control, ArmSums treatment) {
        Computable<List<Cluster>> cells = MetricMethod.guarded(() -> {
            double at = values.pooledQuantile(control, treatment);
            return ClusterMetric.clusters(values.atOrBelow(control, at), false)
                    .flatMap(c -> ClusterMetric.clusters(values.atOrBelow(treatment, at), true)
                            .map(t -> Stream.concat(c.stream(), t.stream()).toList()));
        });
        if (cells.value().isEmpty()) {
            return woodruff;
        }
        UnequalClusters unequal = new UnequalClusters(significance, cells.orElseThrow());
        Computable<Effect> robust = MetricMethod.guarded(
                () -> new ClusterRobustTest(significance, Double.MIN_VALUE).difference(unequal.shares()));
        Effect careful =
                robust.map(share -> unequal.widened(woodruff, share)).value().orElse(woodruff);
        return pairs(control, treatment)
                .flatMap(this::difference)
                .map(share -> unequal.widened(woodruff, share))
                .value()
                .filter(paired -> paired.stdError() > careful.stdError())
                .orElse(careful);
    }

    /** Without pairs there is none: arms of other periods differ by more than their variant. */
    @Override
    public OptionalDouble estimate(ArmSums control, ArmSums treatment) {
        return difference(control, treatment)
                .value()
                .map(measured -> OptionalDouble.of(measured.estimate()))
                .orElse(OptionalDouble.empty());
    }

    private Computable<Effect> difference(List<PeriodPairs.Pair> pairs) {
        return MetricMethod.guarded(() -> test().difference(differences(pairs)));
    }

    /** All signs flipped to one side is the most extreme there is: 2 of 2^k patterns. */
    private Computable<List<PeriodPairs.Pair>> canReachLevel(List<PeriodPairs.Pair> pairs) {
        if (pairs.isEmpty()) {
            return Computable.notComputable("not_enough_data", "There is no complete pair of periods yet.");
        }
        double smallest = Math.pow(2, 1 - pairs.size());
        return smallest <= significance.alpha()
                ? Computable.of(pairs)
                : Computable.notComputable(
                        "too_few_clusters",
                        String.format(
                                Locale.ROOT,
                                "With %d pairs of periods that were drawn no assignment can give a p-value below %.4f.",
                                pairs.size(),
                                smallest));
    }

    @Override
    public Computable<RelativeEffect> relative(ArmSums control, ArmSums treatment) {
        if (values.isQuantile()) {
            return difference(control, treatment)
                    .flatMap(absolute ->
                            levels().relative(values.cellHistograms(control), values.cellHistograms(treatment)));
        }
        return pairs(control, treatment)
                .flatMap(this::canReachLevel)
                .flatMap(pairs -> difference(pairs).flatMap(absolute -> relative(pairs, absolute)));
    }

    /**
     * The lift of the pairs' means. Their noise is shared within a pair, so that of the log ratio is the spread of t/t̄ −
     * c/c̄; handed on as if the control were known and the treatment had all of it.
     */
    private Computable<RelativeEffect> relative(List<PeriodPairs.Pair> pairs, Effect absolute) {
        double control = mean(pairs, PeriodPairs.Pair::controlMean);
        double treatment = mean(pairs, PeriodPairs.Pair::treatmentMean);
        if (control == 0 || treatment == 0) {
            return Computable.notComputable("zero_baseline", "The mean of an arm is 0: nothing can be relative to it.");
        }
        double[] logs = pairs.stream()
                .mapToDouble(p -> p.treatmentMean() / treatment - p.controlMean() / control)
                .toArray();
        return MetricMethod.guarded(() -> test().difference(logs))
                .flatMap(log -> StudentLift.of(
                        significance,
                        new ArmEstimate(pairs.size(), control, 0),
                        new ArmEstimate(pairs.size(), treatment, log.stdError() * Math.abs(treatment)),
                        absolute));
    }

    private static double mean(List<PeriodPairs.Pair> pairs, ToDoubleFunction<PeriodPairs.Pair> value) {
        return pairs.stream().mapToDouble(value).average().orElse(0);
    }

    @Override
    public Computable<Effect> anytime(ArmSums control, ArmSums treatment) {
        // Only those that were switched say anything of the difference.
        Set<String> switched = clusters(control);
        switched.retainAll(clusters(treatment));
        int clusters = switched.size();
        return clusters < AsymptoticSequence.FEWEST_CLUSTERS
                ? band().clusterBand(0, 0, clusters)
                : difference(control, treatment).flatMap(e -> band().clusterBand(e.estimate(), e.stdError(), clusters));
    }

    @Override
    public Computable<Interval> anytimeInterval(ArmSums sums) {
        int clusters = clusters(sums).size();
        return clusters < AsymptoticSequence.FEWEST_CLUSTERS
                ? band().clusterBand(0, 0, clusters).map(Effect::ci)
                : arm(sums)
                        .flatMap(a -> band().clusterBand(a.estimate(), a.stdError(), clusters))
                        .map(Effect::ci);
    }

    private static Set<String> clusters(ArmSums arm) {
        return arm.cells().keySet().stream().map(ClusterCell::cluster).collect(Collectors.toCollection(HashSet::new));
    }

    private AsymptoticSequence band() {
        return new AsymptoticSequence(significance, ParallelClustersMethod.ANYTIME_TUNING_CLUSTERS);
    }

    @Override
    public @Nullable Computable<ArmEstimate> uncappedArm(ArmSums sums) {
        return values.metric().cap() == null ? null : withoutCap().arm(sums);
    }

    @Override
    public @Nullable Computable<Effect> uncappedDifference(ArmSums control, ArmSums treatment) {
        return values.metric().cap() == null ? null : withoutCap().difference(control, treatment);
    }

    private SwitchbackMethod withoutCap() {
        return new SwitchbackMethod(values.withoutCap(), significance);
    }

    @Override
    public Computable<RandomizationResult> randomization(ArmSums control, ArmSums treatment) {
        return pairs(control, treatment)
                .flatMap(this::canReachLevel)
                .flatMap(pairs -> pairs.size() > MOST_FLIPPED_PAIRS
                        ? Computable.notComputable(
                                "many_pairs",
                                "With " + pairs.size()
                                        + " pairs of periods flipping signs gives what the t-test gives; it is done up to "
                                        + MOST_FLIPPED_PAIRS + ".")
                        : test().signFlip(differences(pairs)));
    }

    private SwitchbackTest test() {
        return new SwitchbackTest(significance, SwitchbackTest.withDefaults().seed());
    }

    private Computable<List<PeriodPairs.Pair>> pairs(ArmSums control, ArmSums treatment) {
        if (values.isQuantile()) {
            return MetricMethod.guarded(() -> {
                double at = values.pooledQuantile(control, treatment);
                return Computable.of(pairs(values.atOrBelow(control, at), values.atOrBelow(treatment, at)));
            });
        }
        return Computable.of(pairs(values.contributions(control), values.contributions(treatment)));
    }

    private static List<PeriodPairs.Pair> pairs(
            List<ClusterMetric.Contribution> control, List<ClusterMetric.Contribution> treatment) {
        return Draws.of(PeriodPairs.of(control, treatment)).pairs();
    }

    private static double[] differences(List<PeriodPairs.Pair> pairs) {
        return pairs.stream().mapToDouble(PeriodPairs.Pair::difference).toArray();
    }

    private QuantileLevels levels() {
        return values.levels(significance);
    }
}
