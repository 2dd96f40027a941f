package org.showroomlab.stats.monitoring;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How much of a one-sided α may be spent by an information fraction t.
 *
 * <p>Source: Lan and DeMets (1983), doi:10.1093/biomet/70.3.659.
 */
public enum Spending {
    /** O'Brien–Fleming type: 2(1 − Φ(z_{α/2}/√t)), almost nothing early. */
    OBRIEN_FLEMING {
        @Override
        double spent(double t, double alpha) {
            NormalDistribution normal = NormalDistribution.of(0, 1);
            return 2 * normal.survivalProbability(normal.inverseSurvivalProbability(alpha / 2) / Math.sqrt(t));
        }
    },
    /** Pocock type: α ln(1 + (e − 1)t), about the same at every look. */
    POCOCK {
        @Override
        double spent(double t, double alpha) {
            return alpha * Math.log1p((Math.E - 1) * t);
        }
    };

    abstract double spent(double t, double alpha);

    /** α spent by information fraction t; everything once the plan is fulfilled. */
    public double cumulative(double t, double alpha) {
        return t >= 1 ? alpha : Math.min(alpha, spent(t, alpha));
    }
}
