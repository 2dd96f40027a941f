package org.showroomlab.reports.report;

import java.util.List;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.clusters.Cluster;

/**
 * Woodruff's standard error takes clusters for equally large, and each for a degree of freedom: with one that has most views
 * it called two of three equal quantiles different. So it grows as that of the share at or below the quantile does under a
 * test that knows better, with no more degrees of freedom. Of equal clusters nothing changes.
 *
 * @param shares of each cluster at or below the quantile of all
 */
record UnequalClusters(Significance significance, List<Cluster> shares) {
    Effect widened(Effect woodruff, Effect share) {
        double equal = Math.hypot(stdErrorOfEqual(of(true)), stdErrorOfEqual(of(false)));
        double factor = equal > 0 ? Math.max(1, share.stdError() / equal) : 1;
        double df = Math.min(
                woodruff.df().orElse(Double.POSITIVE_INFINITY), share.df().orElse(Double.POSITIVE_INFINITY));
        return significance.student(woodruff.estimate(), factor * woodruff.stdError(), df);
    }

    private List<Cluster> of(boolean treated) {
        return shares.stream().filter(c -> c.treated() == treated && c.n() > 0).toList();
    }

    /** G/(G − 1)·Σ(y − p·n)²/N², as Woodruff's, of clusters with events. */
    static double stdErrorOfEqual(List<Cluster> arm) {
        double all = arm.stream().mapToDouble(Cluster::n).sum();
        double share = arm.stream().mapToDouble(Cluster::sum).sum() / all;
        double squares = arm.stream()
                .mapToDouble(c -> Math.pow(c.sum() - share * c.n(), 2))
                .sum();
        return Math.sqrt(arm.size() / (arm.size() - 1.0) * squares) / all;
    }
}
