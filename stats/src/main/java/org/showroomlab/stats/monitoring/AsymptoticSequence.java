package org.showroomlab.stats.monitoring;

import java.util.OptionalDouble;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;

/**
 * The band to watch at any time: an asymptotic confidence sequence for an estimate with a standard error.
 *
 * <p>With n units in both arms and SE: half-width = SE·√n·√(2(nρ² + 1)/(n²ρ²)·ln(√(nρ² + 1)/α)), where ρ² = (2 ln(1/α) +
 * ln(1 + 2 ln(1/α)))/N makes it tightest near N units. The p-value is min(1, 1/e) with ln e = ρ²z²n/(2(nρ² + 1)) − ½
 * ln(nρ² + 1), in log space. One-sided (a half-normal mixture): ρ at 2α, ln(1 + √(nρ² + 1)/(2α)) in the half-width, and p the
 * α at which that end touches zero; 1 on the other side.
 *
 * <p>Holds for all times at once when n is large; with few units use {@link BetaBinomialSequence} or {@link
 * BettingSequence}. With fewer than {@link #FEWEST_CLUSTERS} clusters there is no band at all.
 *
 * <p>Source: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024), doi:10.1214/24-AOS2408, arXiv:2103.06476.
 *
 * @param significance level and direction
 * @param tuningN units at which the band is tightest
 */
public record AsymptoticSequence(Significance significance, double tuningN) {

    /** Clusters below which no always-valid band is given. */
    public static final int FEWEST_CLUSTERS = 30;

    /** Checks the tuning. */
    public AsymptoticSequence {
        if (!(tuningN > 0 && tuningN < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("tuningN must be finite and > 0: " + tuningN);
        }
    }

    /** Two-sided at .05. */
    public static AsymptoticSequence tunedTo(double units) {
        return new AsymptoticSequence(Significance.DEFAULT, units);
    }

    /** The same band at another level. */
    public AsymptoticSequence withAlpha(double alpha) {
        return new AsymptoticSequence(significance.withAlpha(alpha), tuningN);
    }

    /** The same band in another direction. */
    public AsymptoticSequence with(Alternative alternative) {
        return new AsymptoticSequence(significance.with(alternative), tuningN);
    }

    /** The band of the difference of two arms. */
    public Computable<Effect> difference(ArmEstimate control, ArmEstimate treatment) {
        return difference(control, treatment, treatment.estimate() - control.estimate());
    }

    /** The same of a difference that is known better than from the two estimates, which are rounded. */
    public Computable<Effect> difference(ArmEstimate control, ArmEstimate treatment, double difference) {
        if (control.n() < 2 || treatment.n() < 2) {
            return Computable.notComputable(
                    "not_enough_data",
                    "The arms have " + control.n() + " and " + treatment.n() + " units; each needs 2.");
        }
        return band(
                difference, Math.hypot(control.stdError(), treatment.stdError()), (double) control.n() + treatment.n());
    }

    /** The band of an arm-independent estimate over n units. */
    public Computable<Effect> band(double estimate, double stdError, double n) {
        if (!(stdError > 0)) {
            return Computable.notComputable("zero_variance", "The estimate has no measurable uncertainty yet.");
        }
        if (!Double.isFinite(stdError)) {
            return Computable.notComputable(
                    "not_enough_data", "The estimate's own interval is open, so it has no band.");
        }
        double half = stdError * radius(n);
        Interval ci = significance.opened(estimate - half, estimate + half);
        return Computable.of(
                new Effect(estimate, stdError, OptionalDouble.empty(), ci, pValue(estimate / stdError, n)));
    }

    /** The band of an estimate whose randomised units are clusters; refused below {@link #FEWEST_CLUSTERS} of them. */
    public Computable<Effect> clusterBand(double estimate, double stdError, int clusters) {
        return clusters < FEWEST_CLUSTERS
                ? Computable.notComputable(
                        "too_few_clusters",
                        "There are " + clusters + " clusters; an always-valid band needs " + FEWEST_CLUSTERS + ".")
                : band(estimate, stdError, clusters);
    }

    /** ρ, from the level and the tuning. */
    public double rho() {
        double log = 2 * Math.log(1 / level());
        return Math.sqrt((log + Math.log1p(log)) / tuningN);
    }

    private double level() {
        return significance.alternative() == Alternative.TWO_SIDED
                ? significance.alpha()
                : Math.min(0.999, 2 * significance.alpha());
    }

    private double radius(double n) {
        double m = n * rho() * rho();
        double root = Math.sqrt(m + 1) / level();
        double log = significance.alternative() == Alternative.TWO_SIDED ? Math.log(root) : Math.log1p(root);
        return Math.sqrt(2 * (m + 1) / m * log);
    }

    private double pValue(double z, double n) {
        double m = n * rho() * rho();
        double exponent = m * z * z / (2 * (m + 1));
        double logRoot = 0.5 * Math.log1p(m);
        return switch (significance.alternative()) {
            case TWO_SIDED -> Math.min(1, Math.exp(logRoot - exponent));
            case GREATER -> z > 0 ? oneSided(logRoot, exponent) : 1;
            case LESS -> z < 0 ? oneSided(logRoot, exponent) : 1;
        };
    }

    /** √(m + 1)/(2(e^x − 1)), with e^x − 1 = e^x(1 − e^−x) so that nothing overflows. */
    private static double oneSided(double logRoot, double exponent) {
        double logExpm1 = exponent + Math.log(-Math.expm1(-exponent));
        return Math.min(1, Math.exp(logRoot - Math.log(2) - logExpm1));
    }
}
