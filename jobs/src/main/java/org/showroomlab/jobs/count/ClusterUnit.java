package org.showroomlab.jobs.count;

/**
 * A unit of an experiment on caches or showrooms.
 *
 * @param experiment number of the experiment
 * @param cluster the cache or showroom
 */
public record ClusterUnit(int experiment, String cluster, long period) {
    /** Written out, because it decides who owns a key of state: a record's own may differ between Java versions. */
    @Override
    public int hashCode() {
        return 31 * (31 * experiment + cluster.hashCode()) + Long.hashCode(period);
    }
}
