package org.showroomlab.stats.clusters;

import java.util.List;
import java.util.Locale;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Significance;

/**
 * The difference of two means over visits when clusters were randomised: the bias-reduced CR2 variance with
 * Satterthwaite's degrees of freedom, from (n_g, S_g) of each cluster alone.
 *
 * <p>With N_a = Σ n_g and μ_a = S_a/N_a: V = Σ_a Σ_g (S_g − μ_a n_g)²/(1 − n_g/N_a)/N_a². With w_g = 1/(N_a²(1 −
 * n_g/N_a)) and K_gh = n_g·1[g=h] − n_g n_h/N_a: df = (1/N₁ + 1/N₀)²/Σ_a Σ_{g,h∈a} w_g w_h K_gh². The estimand is the
 * average visit. Assumes independent clusters.
 *
 * <p>Edges: fewer than two clusters with visits in an arm, or fewer degrees of freedom than {@code smallestDf} (default
 * 4, where the reference distribution stops being trustworthy), is {@code too_few_clusters}; then only the randomisation
 * test remains.
 *
 * <p>Source: Bell and McCaffrey (2002); Pustejovsky and Tipton (2018), doi:10.1080/07350015.2016.1247004.
 *
 * @param significance level and direction
 * @param smallestDf degrees of freedom below which there is no answer
 */
public record ClusterRobustTest(Significance significance, double smallestDf) {

    /** Two-sided at .05, refusing below 4 degrees of freedom. */
    public static ClusterRobustTest withDefaults() {
        return new ClusterRobustTest(Significance.DEFAULT, 4);
    }

    /** The same test at another level. */
    public ClusterRobustTest withAlpha(double alpha) {
        return new ClusterRobustTest(significance.withAlpha(alpha), smallestDf);
    }

    /** The same test in another direction. */
    public ClusterRobustTest with(Alternative alternative) {
        return new ClusterRobustTest(significance.with(alternative), smallestDf);
    }

    /** The same test refusing at another number of degrees of freedom. */
    public ClusterRobustTest withSmallestDf(double df) {
        return new ClusterRobustTest(significance, df);
    }

    /** Treatment mean minus control mean. */
    public Computable<Effect> difference(List<Cluster> clusters) {
        ClusterArm control = ClusterArm.of(clusters, false);
        ClusterArm treatment = ClusterArm.of(clusters, true);
        if (control.visited() < 2 || treatment.visited() < 2) {
            return ClusterArm.tooFew(control, treatment, "each arm needs 2 with visits.");
        }
        double variance = variance(control) + variance(treatment);
        if (!(variance > 0)) {
            return Computable.notComputable("zero_variance", "All clusters of an arm have the same mean.");
        }
        double df = df(control, treatment);
        if (df < smallestDf - 1e-9) {
            return ClusterArm.tooFew(
                    control,
                    treatment,
                    String.format(Locale.ROOT, "that is %.1f degrees of freedom, fewer than %.0f.", df, smallestDf));
        }
        double estimate = treatment.mean() - control.mean();
        return Computable.of(significance.student(estimate, Math.sqrt(variance), df));
    }

    private static double variance(ClusterArm arm) {
        double sum = 0;
        for (int g = 0; g < arm.size(); g++) {
            sum += arm.residual(g) * arm.residual(g) * weight(arm, g);
        }
        return sum;
    }

    private static double weight(ClusterArm arm, int g) {
        return 1 / (arm.totalN() * (arm.totalN() - arm.n(g)));
    }

    private static double df(ClusterArm control, ClusterArm treatment) {
        double numerator = 1 / control.totalN() + 1 / treatment.totalN();
        return numerator * numerator / (squaredWeights(control) + squaredWeights(treatment));
    }

    /** Σ w_g w_h K_gh²: the cross terms are (Σ w n²)² less the diagonal, so one pass is enough. */
    private static double squaredWeights(ClusterArm arm) {
        double cross = 0;
        double diagonal = 0;
        for (int g = 0; g < arm.size(); g++) {
            double w = weight(arm, g);
            double offDiagonal = arm.n(g) * arm.n(g) / arm.totalN();
            double onDiagonal = arm.n(g) - offDiagonal;
            cross += w * arm.n(g) * arm.n(g);
            diagonal += w * w * (onDiagonal * onDiagonal - offDiagonal * offDiagonal);
        }
        return diagonal + Math.pow(cross / arm.totalN(), 2);
    }
}
