package org.showroomlab.reports.report;

import java.util.Arrays;
import java.util.List;
import org.showroomlab.stats.quantile.ClusterCounts;

/**
 * The clusters of an arm as a quantile sees them. A value is looked up once among the edges of all their buckets, the same
 * as {@link ValueHistograms} has; in each cluster that leaves a search for one bucket.
 */
final class BucketClusters implements ClusterCounts {
    private final List<BucketCounts> clusters;
    private final int[] buckets;
    private final double[] edges;

    /** The clusters must not have taken back more events than they had. */
    BucketClusters(ArmHistograms arm, int scale) {
        clusters = arm.clusters().stream().filter(c -> c.total() > 0).toList();
        if (arm.clusters().stream().anyMatch(BucketCounts::isInconsistent)) {
            throw new IllegalArgumentException("a bucket has fewer than 0 events");
        }
        buckets = arm.whole().buckets();
        edges = ValueHistograms.edges(buckets, scale);
    }

    @Override
    public double[] totals() {
        double[] totals = new double[clusters.size()];
        for (int g = 0; g < totals.length; g++) {
            totals[g] = clusters.get(g).total();
        }
        return totals;
    }

    @Override
    public double[] upTo(double value) {
        int found = Arrays.binarySearch(edges, value);
        int edge = Math.max(0, found >= 0 ? found : -found - 2);
        int bucket = buckets[edge / 2];
        // After a bucket's last value nothing comes up to the next bucket.
        double inside = edge % 2 == 1 ? 1 : Math.max(0, (value - edges[edge]) / (edges[edge + 1] - edges[edge]));
        double[] upTo = new double[clusters.size()];
        for (int g = 0; g < upTo.length; g++) {
            BucketCounts cluster = clusters.get(g);
            upTo[g] = cluster.upTo(bucket - 1) + inside * cluster.in(bucket);
        }
        return upTo;
    }
}
