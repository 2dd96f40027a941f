package org.showroomlab.stats.arms;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.Variable;

/**
 * How many units of an arm did it.
 *
 * <p>Wilson's score interval: (p̂ + z²/2n ± z√(p̂q̂/n + z²/4n²))/(1 + z²/n), Wilson (1927),
 * doi:10.1080/01621459.1927.10502953. Clopper–Pearson: quantiles of Beta(x, n − x + 1) and Beta(x + 1, n − x), Clopper
 * and Pearson (1934), doi:10.1093/biomet/26.4.404.
 *
 * @param n units
 * @param successes units that did it, in [0, n]
 */
public record Proportion(long n, long successes) {

    /** Checks the range. */
    public Proportion {
        if (n < 0 || successes < 0 || successes > n) {
            throw new IllegalArgumentException("need 0 <= successes <= n: " + successes + " of " + n);
        }
    }

    /** The proportion that the moments of a 0/1 variable hold. */
    public static Proportion from(ArmMoments arm) {
        return new Proportion(arm.n(), Math.round(arm.mean(Variable.Y) * arm.n()));
    }

    /** successes / n; 0 in an empty arm. */
    public double share() {
        return n == 0 ? 0 : (double) successes / n;
    }

    /** p̂(1 − p̂)/n, the variance that R's prop.test uses; 0 in an empty arm. */
    public double variance() {
        return n == 0 ? 0 : share() * (1 - share()) / n;
    }

    /** The share with its binomial standard error. */
    public Computable<ArmEstimate> estimate() {
        return n == 0
                ? Computable.notComputable("not_enough_data", "An arm has no units.")
                : Computable.of(new ArmEstimate(n, share(), Math.sqrt(variance())));
    }

    /** Wilson's score interval; needs a unit. */
    public Interval wilson(Significance significance) {
        return wilson(significance, (double) n);
    }

    /** Wilson's interval as if the share had been seen on this many units. */
    Interval wilson(Significance significance, double size) {
        double z = significance.normalQuantile();
        double z2 = z * z;
        double p = share();
        double centre = p + z2 / (2 * size);
        double half = z * Math.sqrt(p * (1 - p) / size + z2 / (4.0 * size * size));
        double low = successes == 0 ? 0 : (centre - half) / (1 + z2 / size);
        double high = successes == n ? 1 : (centre + half) / (1 + z2 / size);
        return new Interval(Math.max(0, low), Math.min(1, high));
    }

    /** The exact interval, which never covers less than its level; needs a unit. */
    public Interval clopperPearson(Significance significance) {
        double tail = significance.alphaPerEnd();
        double low = successes == 0
                ? 0
                : BetaDistribution.of((double) successes, n - successes + 1.0).inverseCumulativeProbability(tail);
        double high = successes == n
                ? 1
                : BetaDistribution.of(successes + 1.0, (double) n - successes).inverseSurvivalProbability(tail);
        return new Interval(low, high);
    }
}
