package org.showroomlab.reports.report;

import java.util.Collection;

/**
 * The events of one arm by value.
 *
 * @param clusters each independent part of it
 * @param whole all of them together
 */
record ArmHistograms(Collection<BucketCounts> clusters, BucketCounts whole) {
    static ArmHistograms of(Collection<BucketCounts> clusters) {
        BucketCounts whole = new BucketCounts();
        clusters.forEach(whole::add);
        return new ArmHistograms(clusters, whole);
    }
}
