package org.showroomlab.reports.report;

/**
 * One cluster in one period.
 *
 * @param cluster a cache or showroom; of visitor units the number of a group of visitors
 * @param period 0 without periods
 */
record ClusterCell(String cluster, long period) implements Comparable<ClusterCell> {
    /** By cluster, and its periods in time. */
    @Override
    public int compareTo(ClusterCell other) {
        int byCluster = cluster.compareTo(other.cluster);
        return byCluster != 0 ? byCluster : Long.compare(period, other.period);
    }
}
