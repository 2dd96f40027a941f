package org.showroomlab.stats.clusters;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Rounding;

/** The clusters of one arm that are not empty, and their totals. */
final class ClusterArm {

    private final double[] n;
    private final double[] sum;
    private final double totalN;
    private final double mean;

    private ClusterArm(double[] n, double[] sum, double totalN, double mean) {
        this.n = n;
        this.sum = sum;
        this.totalN = totalN;
        this.mean = mean;
    }

    static ClusterArm of(List<Cluster> clusters, boolean treated) {
        List<Cluster> arm = clusters.stream()
                .filter(c -> c.treated() == treated && !c.isEmpty())
                .toList();
        double[] n = arm.stream().mapToDouble(Cluster::n).toArray();
        double[] sum = arm.stream().mapToDouble(Cluster::sum).toArray();
        double totalN = 0;
        double totalSum = 0;
        for (int g = 0; g < n.length; g++) {
            totalN += n[g];
            totalSum += sum[g];
        }
        return new ClusterArm(n, sum, totalN, totalN == 0 ? 0 : totalSum / totalN);
    }

    /** Visits of cluster g. */
    double n(int g) {
        return n[g];
    }

    /** Σ of the metric in cluster g. */
    double sum(int g) {
        return sum[g];
    }

    /** Σ n over the arm. */
    double totalN() {
        return totalN;
    }

    /** The mean over visits; 0 in an arm without any. */
    double mean() {
        return mean;
    }

    int size() {
        return n.length;
    }

    /** The deviation of a cluster's sum from what its visits would have at the arm's mean. */
    double residual(int g) {
        double expected = mean * n[g];
        return Rounding.orZero(sum[g] - expected, Math.abs(sum[g]) + Math.abs(expected));
    }

    /** Whether some cluster has another mean than the arm. */
    boolean hasSpread() {
        return IntStream.range(0, size()).anyMatch(g -> residual(g) != 0);
    }

    /** How many clusters have visits: the others have a sum, and no say in how many there are. */
    int visited() {
        return (int) Arrays.stream(n).filter(visits -> visits > 0).count();
    }

    static <T> Computable<T> tooFew(ClusterArm control, ClusterArm treatment, String needed) {
        return Computable.notComputable(
                "too_few_clusters",
                "There are " + control.visited() + " control and " + treatment.visited() + " treatment clusters; "
                        + needed);
    }
}
