package org.showroomlab.reports.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.quantile.QuantileEstimate;

/**
 * The events of one arm by value, as they stand: each independent part of it, and all of them together. One quantile is
 * asked for many times, by its level, its interval and every comparison, and found once.
 */
final class ArmHistograms {
    private final List<BucketCounts> clusters;
    private final BucketCounts whole;
    private final Map<QuantileLevels, Computable<QuantileEstimate>> estimates = new HashMap<>();
    private final Map<QuantileLevels, Computable<QuantileArm>> careful = new HashMap<>();

    ArmHistograms(Collection<BucketCounts> clusters, BucketCounts whole) {
        this.clusters = new ArrayList<>(clusters);
        this.whole = whole;
    }

    static ArmHistograms of(Collection<BucketCounts> clusters) {
        BucketCounts whole = new BucketCounts();
        clusters.forEach(whole::add);
        return new ArmHistograms(clusters, whole);
    }

    List<BucketCounts> clusters() {
        return clusters;
    }

    BucketCounts whole() {
        return whole;
    }

    Computable<QuantileArm> careful(QuantileLevels levels) {
        Computable<QuantileArm> known = careful.get(levels);
        if (known == null) {
            known = levels.computeCareful(this);
            careful.put(levels, known);
        }
        return known;
    }

    Computable<QuantileEstimate> estimate(QuantileLevels levels) {
        return estimates.computeIfAbsent(levels, l -> l.compute(this));
    }
}
