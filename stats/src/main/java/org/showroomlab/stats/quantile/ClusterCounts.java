package org.showroomlab.stats.quantile;

import java.util.List;

/** All that a quantile's variance between clusters needs of them; clusters keep their order. */
public interface ClusterCounts {

    /** Events of each cluster, above 0. */
    double[] totals();

    /** Events of each cluster at or below a value. */
    double[] upTo(double value);

    /** The clusters that have events, each as its own histogram. */
    static ClusterCounts of(List<Histogram> all) {
        List<Histogram> clusters = all.stream().filter(h -> h.total() > 0).toList();
        return new ClusterCounts() {
            @Override
            public double[] totals() {
                return clusters.stream().mapToDouble(Histogram::total).toArray();
            }

            @Override
            public double[] upTo(double value) {
                return clusters.stream().mapToDouble(h -> h.countUpTo(value)).toArray();
            }
        };
    }
}
