package org.showroomlab.reports.report;

import java.util.ArrayList;
import java.util.List;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.clusters.Cluster;
import org.showroomlab.stats.clusters.ClusterRobustTest;

/**
 * The level of one arm of clusters with its cluster-robust standard error: the difference to an arm that is known to be 0.
 * That arm adds nothing to the variance, and being far larger than this one nothing to the degrees of freedom.
 */
final class ClusterLevel {
    private static final double FAR_LARGER = 1e12;

    private ClusterLevel() {}

    /** The level; every cluster has to be marked as treated. */
    static Computable<Effect> of(List<Cluster> arm, Significance significance) {
        double size = arm.stream().mapToDouble(Cluster::n).sum();
        if (!(size > 0)) {
            return Computable.notComputable("not_enough_data", "No cluster of the arm has anything to count yet.");
        }
        long clusters = arm.stream().filter(c -> c.n() > 0).count();
        if (clusters < 2) {
            return Computable.notComputable(
                    "too_few_clusters",
                    "The arm has a single cluster with anything to count; a standard error needs 2.");
        }
        List<Cluster> withZero = new ArrayList<>(arm);
        withZero.add(new Cluster(FAR_LARGER * size, 0, false));
        withZero.add(new Cluster(FAR_LARGER * size, 0, false));
        return new ClusterRobustTest(significance, Double.MIN_VALUE).difference(withZero);
    }

    static Computable<ArmEstimate> arm(Computable<Effect> level, int clusters) {
        return level.map(e -> new ArmEstimate(clusters, e.estimate(), e.stdError()));
    }
}
