package org.showroomlab.stats.clusters;

import java.util.List;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.WelchTest;

/**
 * Welch's t-test on the unweighted means of the clusters. The estimand is the average cluster, not the average visit: a
 * small showroom counts as much as a large one.
 *
 * <p>Edges: clusters without visits have no mean and are left out; otherwise as {@link WelchTest}.
 *
 * <p>Source: Donner and Klar (2000), Design and Analysis of Cluster Randomization Trials; Welch (1947),
 * doi:10.1093/biomet/34.1-2.28.
 *
 * @param significance level and direction
 */
public record ClusterMeansTest(Significance significance) {

    /** Two-sided at .05. */
    public static ClusterMeansTest withDefaults() {
        return new ClusterMeansTest(Significance.DEFAULT);
    }

    /** The same test at another level. */
    public ClusterMeansTest withAlpha(double alpha) {
        return new ClusterMeansTest(significance.withAlpha(alpha));
    }

    /** The same test in another direction. */
    public ClusterMeansTest with(Alternative alternative) {
        return new ClusterMeansTest(significance.with(alternative));
    }

    /** Mean of the treated clusters' means minus that of the controls'. */
    public Computable<Effect> difference(List<Cluster> clusters) {
        WelchTest test = new WelchTest(significance);
        // Means are rounded, so what they differ by may be rounding.
        return test.arm(arm(clusters, false))
                .flatMap(control ->
                        test.arm(arm(clusters, true)).flatMap(treatment -> test.difference(control, treatment)));
    }

    private static ArmMoments arm(List<Cluster> clusters, boolean treated) {
        return ArmMoments.ofValues(clusters.stream()
                .filter(c -> c.treated() == treated && c.n() > 0)
                .mapToDouble(Cluster::mean)
                .toArray());
    }
}
