package org.showroomlab.stats.clusters;

import java.util.List;
import java.util.SplittableRandom;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Significance;

/**
 * The wild cluster restricted bootstrap of the t statistic, as a sensitivity analysis of {@link ClusterRobustTest}.
 *
 * <p>Under the null both arms share the mean μ = ΣS/ΣN; each cluster's deviation u_g = S_g − μ n_g is kept or flipped, and
 * the CR1 t statistic is recomputed. Rademacher signs, all 2^G of them up to G = 14 and a seeded sample beyond; below 10
 * clusters, where few signs exist, Webb's six points instead, enumerated while 6^G is at most 2^17. The p-value is the
 * share of draws at least as extreme as the observed statistic.
 *
 * <p>Edges: fewer than two clusters with visits in an arm is {@code too_few_clusters}; with very few clusters the test
 * rejects too rarely or too often, which is why it is never the primary one.
 *
 * <p>Source: Cameron, Gelbach and Miller (2008), doi:10.1162/rest.90.3.414; Webb (2023), doi:10.1111/caje.12661;
 * MacKinnon and Webb (2018), doi:10.1111/ectj.12107.
 *
 * @param significance level and direction
 * @param seed of the sample, when one is taken
 */
public record WildClusterBootstrap(Significance significance, long seed) {

    private static final int MOST_ENUMERATED_CLUSTERS = 14;
    private static final int FEWEST_RADEMACHER_CLUSTERS = 10;
    private static final int MOST_ENUMERATED = 1 << 17;
    private static final int DRAWS = 9_999;
    /** Draws whose t differs by less are as extreme: by rounding only. */
    private static final double TIE = 1e-9;

    private static final double[] RADEMACHER = {-1, 1};
    private static final double[] WEBB = {-Math.sqrt(1.5), -1, -Math.sqrt(0.5), Math.sqrt(0.5), 1, Math.sqrt(1.5)};

    /** Two-sided at .05. */
    public static WildClusterBootstrap withDefaults() {
        return new WildClusterBootstrap(Significance.DEFAULT, 1);
    }

    /** The same test at another level. */
    public WildClusterBootstrap withAlpha(double alpha) {
        return new WildClusterBootstrap(significance.withAlpha(alpha), seed);
    }

    /** The same test in another direction. */
    public WildClusterBootstrap with(Alternative alternative) {
        return new WildClusterBootstrap(significance.with(alternative), seed);
    }

    /** The same test with another sample. */
    public WildClusterBootstrap withSeed(long newSeed) {
        return new WildClusterBootstrap(significance, newSeed);
    }

    /** The test. */
    public Computable<RandomizationResult> test(List<Cluster> clusters) {
        ClusterArm control = ClusterArm.of(clusters, false);
        ClusterArm treatment = ClusterArm.of(clusters, true);
        if (control.visited() < 2 || treatment.visited() < 2) {
            return ClusterArm.tooFew(control, treatment, "each arm needs 2 with visits.");
        }
        if (!control.hasSpread() && !treatment.hasSpread()) {
            return Computable.notComputable("zero_variance", "All clusters of an arm have the same mean.");
        }
        Run run = new Run(control, treatment);
        int size = control.size() + treatment.size();
        if (size >= FEWEST_RADEMACHER_CLUSTERS) {
            return Computable.of(
                    size <= MOST_ENUMERATED_CLUSTERS ? run.enumerate(RADEMACHER) : run.sample(RADEMACHER, seed));
        }
        return Computable.of(
                Math.pow(WEBB.length, size) <= MOST_ENUMERATED ? run.enumerate(WEBB) : run.sample(WEBB, seed));
    }

    /** Σ w, Σ w² and Σ w·n of the flipped deviations of one arm, which is all that the t statistic needs. */
    private static final class Sums {
        private final double totalN;
        private final double squaredN;
        private double first;
        private double squares;
        private double cross;

        Sums(ClusterArm arm) {
            totalN = arm.totalN();
            double sum = 0;
            for (int g = 0; g < arm.size(); g++) {
                sum += arm.n(g) * arm.n(g);
            }
            squaredN = sum;
        }

        void add(double deviation, double n, double weight, double replaced) {
            first += (weight - replaced) * deviation;
            squares += (weight * weight - replaced * replaced) * deviation * deviation;
            cross += (weight - replaced) * deviation * n;
        }

        double mean() {
            return first / totalN;
        }

        double variance() {
            return (squares - 2 * mean() * cross + mean() * mean() * squaredN) / (totalN * totalN);
        }
    }

    private record Statistic(double estimate, double variance) {
        double t() {
            return variance > 0 ? estimate / Math.sqrt(variance) : Math.signum(estimate) * Double.MAX_VALUE;
        }
    }

    private final class Run {
        private final double[] deviation;
        private final double[] n;
        private final int controls;
        private final Sums control;
        private final Sums treatment;
        private final double[] weight;
        private final Statistic observed;
        private final double threshold;
        private long extreme;
        private long seen;

        Run(ClusterArm c, ClusterArm t) {
            double mu = (c.mean() * c.totalN() + t.mean() * t.totalN()) / (c.totalN() + t.totalN());
            controls = c.size();
            deviation = new double[c.size() + t.size()];
            n = new double[deviation.length];
            for (int g = 0; g < n.length; g++) {
                ClusterArm arm = g < controls ? c : t;
                int i = g < controls ? g : g - controls;
                n[g] = arm.n(i);
                deviation[g] = arm.sum(i) - mu * arm.n(i);
            }
            control = new Sums(c);
            treatment = new Sums(t);
            weight = new double[n.length];
            for (int g = 0; g < n.length; g++) {
                set(g, 1);
            }
            observed = statistic();
            double extremity = oriented(observed.t());
            threshold = extremity - TIE * Math.max(1, Math.abs(extremity));
        }

        private void set(int g, double newWeight) {
            (g < controls ? control : treatment).add(deviation[g], n[g], newWeight, weight[g]);
            weight[g] = newWeight;
        }

        private Statistic statistic() {
            return new Statistic(treatment.mean() - control.mean(), treatment.variance() + control.variance());
        }

        private double oriented(double t) {
            return switch (significance.alternative()) {
                case TWO_SIDED -> Math.abs(t);
                case GREATER -> t;
                case LESS -> -t;
            };
        }

        private void count() {
            seen++;
            if (oriented(statistic().t()) >= threshold) {
                extreme++;
            }
        }

        RandomizationResult enumerate(double[] points) {
            descend(0, points);
            return RandomizationResult.of(observed.estimate(), Math.max(1, extreme), seen, true);
        }

        private void descend(int g, double[] points) {
            if (g == n.length) {
                count();
                return;
            }
            for (double point : points) {
                set(g, point);
                descend(g + 1, points);
            }
        }

        RandomizationResult sample(double[] points, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int draw = 0; draw < DRAWS; draw++) {
                for (int g = 0; g < n.length; g++) {
                    set(g, points[random.nextInt(points.length)]);
                }
                count();
            }
            return RandomizationResult.of(observed.estimate(), extreme + 1, seen + 1, false);
        }
    }
}
