package org.showroomlab.stats.monitoring;

import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.special.Beta;
import org.showroomlab.stats.Interval;

/**
 * A confidence sequence for a conversion rate that holds at any time and any sample size: a beta mixture of binomial
 * likelihood ratios.
 *
 * <p>For a candidate p, with r = ρ − p(1 − p) (at least a thousandth of p(1 − p)) and ρ = p(1 − p)·t/(2 ln(1/α) + ln(1 + 2
 * ln(1/α))), the log wealth after s of n is −s ln p − (n − s) ln(1 − p) + lnB(r/(1 − p) + s, r/p + n − s) − lnB(r/(1 − p),
 * r/p); the interval holds every p with wealth below 1/α. t is the number of units at which it is tightest.
 *
 * <p>Edges: none or all converted closes the end at 0 or 1.
 *
 * <p>Source: Howard, Ramdas, McAuliffe and Sekhon (2021), doi:10.1214/20-AOS1991.
 *
 * @param alpha level, in (0, 1)
 * @param tuningN units at which the interval is tightest
 */
public record BetaBinomialSequence(double alpha, double tuningN) {

    private static final double ACCURACY = 1e-12;

    /** Checks the ranges. */
    public BetaBinomialSequence {
        if (!(alpha > 0 && alpha < 1) || !(tuningN > 0 && tuningN < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("need alpha in (0, 1) and tuningN > 0: " + alpha + ", " + tuningN);
        }
    }

    /** The interval after n units of which so many converted. */
    public Interval interval(long successes, long n) {
        if (n < 1 || successes < 0 || successes > n) {
            throw new IllegalArgumentException("need 0 <= successes <= n, n >= 1: " + successes + " of " + n);
        }
        double rate = (double) successes / n;
        UnivariateFunction excess = p -> logWealth(p, (double) successes, (double) n) - Math.log(1 / alpha);
        double tiny = 1e-13;
        double low = successes == 0 ? 0 : crossing(excess, tiny, rate, 0);
        double high = successes == n ? 1 : crossing(excess, rate, 1 - tiny, 1);
        return new Interval(low, high);
    }

    /** Whether a rate in (0, 1) lies outside the interval after n units of which so many converted. */
    public boolean excludes(double rate, long successes, long n) {
        return logWealth(rate, (double) successes, (double) n) > Math.log(1 / alpha);
    }

    private static double crossing(UnivariateFunction excess, double from, double to, double otherwise) {
        double a = Math.max(from, 1e-13);
        double b = Math.min(to, 1 - 1e-13);
        if (excess.value(a) * excess.value(b) > 0) {
            return otherwise;
        }
        return new BrentSolver(ACCURACY, ACCURACY).solve(1000, excess, a, b);
    }

    /** The log of the wealth of a bet against p; between counts, for a share that ties leave open, it is continuous. */
    double logWealth(double p, double successes, double n) {
        double q = 1 - p;
        double log = 2 * Math.log(1 / alpha);
        double r = Math.max(p * q * tuningN / (log + Math.log1p(log)) - p * q, 1e-3 * p * q);
        return -successes * Math.log(p)
                - (n - successes) * Math.log(q)
                + Beta.logBeta(r / q + successes, r / p + n - successes)
                - Beta.logBeta(r / q, r / p);
    }
}
