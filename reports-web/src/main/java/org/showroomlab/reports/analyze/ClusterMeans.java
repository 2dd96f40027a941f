package org.showroomlab.reports.analyze;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.showroomlab.stats.clusters.Cluster;

/** Treatment minus control without any uncertainty: what is shown even where a method refuses. */
final class ClusterMeans {

    private ClusterMeans() {}

    /** The difference of the means over visits. */
    static OptionalDouble ofVisits(List<Cluster> clusters) {
        return difference(clusters, Cluster::sum, Cluster::n);
    }

    /** The difference of the unweighted means of the clusters. */
    static OptionalDouble ofClusters(List<Cluster> clusters) {
        return difference(clusters, Cluster::mean, c -> 1);
    }

    private static OptionalDouble difference(
            List<Cluster> clusters, ToDoubleFunction<Cluster> value, ToDoubleFunction<Cluster> weight) {
        double[] sum = new double[2];
        double[] total = new double[2];
        for (Cluster cluster : clusters) {
            if (cluster.n() > 0) {
                int arm = cluster.treated() ? 1 : 0;
                sum[arm] += value.applyAsDouble(cluster);
                total[arm] += weight.applyAsDouble(cluster);
            }
        }
        return total[0] > 0 && total[1] > 0
                ? OptionalDouble.of(sum[1] / total[1] - sum[0] / total[0])
                : OptionalDouble.empty();
    }
}
