package org.showroomlab.stats.quantile;

import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.WelchTest;

/**
 * A quantile with Woodruff's interval: the interval is made for the rank, p ± c·SE_rank, and read back through the
 * distribution.
 *
 * <p>Independent events: SE_rank = √(p(1 − p)/n) and c is normal. Clusters: with m_g events at or below the estimate in
 * cluster g, SE_rank² = G/(G − 1)·Σ(m_g − p̂·n_g)²/N² (p̂ = Σm_g/N), and c is Student's t with G − 1 degrees of freedom.
 * On a bucket edge, where the density has two values, only inversion of ranks is meaningful.
 *
 * <p>A difference of two arms takes each arm's standard error as the interval's width over 2c, with Welch's degrees of
 * freedom over the randomised units.
 *
 * <p>Edges: no events, or a single cluster, is {@code not_enough_data}. Where a rank reaches 0 or 1 the data say nothing
 * about that end, which is open then; the width is not known and so neither is a difference: with three clusters of 30
 * events in an arm, cutting the interval at the largest value called 22 % of equal p95 different.
 *
 * <p>Source: Woodruff (1952), doi:10.1080/01621459.1952.10483443; Deng, Knoblich and Lu (2018),
 * doi:10.1145/3219819.3219919.
 *
 * @param quantile the share p, in (0, 1)
 * @param significance level and direction
 */
public record WoodruffQuantile(double quantile, Significance significance) {
    private static final Histogram NO_EVENTS = Histogram.of(new double[] {0, 1}, new double[] {0});

    /** Checks the share. */
    public WoodruffQuantile {
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException("quantile must be in (0, 1): " + quantile);
        }
    }

    /** A quantile at .05, two-sided. */
    public static WoodruffQuantile of(double quantile) {
        return new WoodruffQuantile(quantile, Significance.DEFAULT);
    }

    /** The same quantile at another level. */
    public WoodruffQuantile withAlpha(double alpha) {
        return new WoodruffQuantile(quantile, significance.withAlpha(alpha));
    }

    /** The same quantile in another direction. */
    public WoodruffQuantile with(Alternative alternative) {
        return new WoodruffQuantile(quantile, significance.with(alternative));
    }

    /** The quantile of independent events. */
    public Computable<QuantileEstimate> estimate(Histogram events) {
        double n = events.total();
        if (!(n > 0)) {
            return Computable.notComputable("not_enough_data", "There are no events.");
        }
        double se = Math.sqrt(quantile * (1 - quantile) / n);
        return Computable.of(invert(events, Math.round(n), se, significance.normalQuantile()));
    }

    /** The quantile over all events of several clusters. */
    public Computable<QuantileEstimate> estimate(List<Histogram> clusters) {
        Histogram whole = clusters.stream().reduce(Histogram::merge).orElse(NO_EVENTS);
        return estimate(whole, ClusterCounts.of(clusters));
    }

    /**
     * The same of thousands of clusters, which need no histogram each.
     *
     * @param whole the events of all clusters together
     */
    public Computable<QuantileEstimate> estimate(Histogram whole, ClusterCounts clusters) {
        double[] totals = clusters.totals();
        int size = totals.length;
        if (size < 2) {
            return Computable.notComputable(
                    "not_enough_data",
                    "There " + (size == 1 ? "is 1 cluster" : "are " + size + " clusters")
                            + " with events; 2 are needed.");
        }
        double at = whole.quantile(quantile);
        double share = whole.countUpTo(at) / whole.total();
        double[] upTo = clusters.upTo(at);
        double squares = 0;
        for (int g = 0; g < size; g++) {
            squares += Math.pow(upTo[g] - share * totals[g], 2);
        }
        double se = Math.sqrt(size / (size - 1.0) * squares) / whole.total();
        return Computable.of(estimate(whole, size, se, size - 1.0));
    }

    /**
     * The quantile where the standard error of its rank is known otherwise.
     *
     * @param whole the events of all clusters together, at least one
     * @param units clusters
     * @param stdErrorOfRank of the share of events at or below the quantile
     * @param df its degrees of freedom, &gt; 0
     */
    public QuantileEstimate estimate(Histogram whole, long units, double stdErrorOfRank, double df) {
        double critical = TDistribution.of(df).inverseSurvivalProbability(significance.alphaPerEnd());
        return invert(whole, units, stdErrorOfRank, critical);
    }

    /** Treatment quantile minus control quantile. */
    public Computable<Effect> difference(QuantileEstimate control, QuantileEstimate treatment) {
        if (control.units() < 2 || treatment.units() < 2) {
            return Computable.notComputable("not_enough_data", "A difference needs 2 events or clusters in each arm.");
        }
        return new WelchTest(significance).difference(control.asArm(), treatment.asArm());
    }

    private QuantileEstimate invert(Histogram events, long units, double seOfRank, double critical) {
        double lowRank = quantile - critical * seOfRank;
        double highRank = quantile + critical * seOfRank;
        double low = lowRank > 0 ? events.quantile(lowRank) : Double.NEGATIVE_INFINITY;
        double high = highRank < 1 ? events.quantile(highRank) : Double.POSITIVE_INFINITY;
        // At a one-sided level of .5 the interval is a point, which says nothing of the error.
        double stdError = critical == 0 ? Double.POSITIVE_INFINITY : (high - low) / (2 * critical);
        return new QuantileEstimate(units, events.quantile(quantile), stdError, significance.opened(low, high));
    }
}
