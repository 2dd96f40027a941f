package org.showroomlab.stats.many;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;

/**
 * Several estimates of one kind of effect as draws from N(μ, τ²): their mean, their spread beyond noise, and each of them
 * shrunk towards the mean by what it is worth.
 *
 * <p>Weights w = 1/(s² + τ²), μ = Σwy/Σw with SE 1/√Σw. Q = Σ(y − ȳ)²/s² with fixed weights. τ² by {@code
 * DERSIMONIAN_LAIRD}: max(0, (Q − k + 1)/(Σw − Σw²/Σw)); {@code REML}: the restricted likelihood's highest fixed point; {@code
 * PAULE_MANDEL}: where Q at τ² equals k − 1. Shrunken estimate (τ²y + s²μ)/(τ² + s²).
 *
 * <p>Used for markets, for slices and for finished experiments of a programme; the latter needs {@link #FEWEST_FOR_PRIOR}
 * of them, else a declared prior with {@link #withPrior}.
 *
 * <p>Edges: fewer than two estimates, or a standard error of 0.
 *
 * <p>Source: DerSimonian and Laird (1986), doi:10.1016/0197-2456(86)90046-2; Viechtbauer (2005),
 * doi:10.3102/10769986030003261; Paule and Mandel (1982), doi:10.6028/jres.087.022.
 *
 * @param mu mean of the effects
 * @param muStdError its standard error; 0 for a declared prior
 * @param tau2 variance of the effects beyond noise
 * @param q Cochran's Q
 * @param qPValue upper tail of Q
 * @param shrunken each effect shrunk towards mu
 */
public record RandomEffects(
        double mu, double muStdError, double tau2, double q, double qPValue, List<Double> shrunken) {

    /** Finished experiments from which a programme may learn its own prior. */
    public static final int FEWEST_FOR_PRIOR = 8;

    private static final int MOST_ITERATIONS = 10_000;

    /** Copies the list. */
    public RandomEffects {
        shrunken = List.copyOf(shrunken);
    }

    /** How τ² is estimated. */
    public enum Method {
        /** Method of moments, in closed form. */
        DERSIMONIAN_LAIRD,
        /** Restricted maximum likelihood. */
        REML,
        /** The value at which Q meets its expectation. */
        PAULE_MANDEL
    }

    /** The fit to estimates and their standard errors. */
    public static Computable<RandomEffects> of(double[] estimates, double[] stdErrors, Method method) {
        double[] variances = checkedVariances(estimates, stdErrors);
        if (estimates.length < 2) {
            return Computable.notComputable(
                    "not_enough_data",
                    (estimates.length == 1 ? "There is 1 estimate" : "There are " + estimates.length + " estimates")
                            + "; 2 are needed.");
        }
        double tau2 = switch (method) {
            case DERSIMONIAN_LAIRD -> momentTau2(estimates, variances);
            case REML -> restrictedLikelihoodTau2(estimates, variances);
            case PAULE_MANDEL -> pauleMandelTau2(estimates, variances);
        };
        Weighted w = Weighted.of(estimates, variances, tau2);
        RandomEffects fit = summary(estimates, variances, w.mean(), 1 / Math.sqrt(w.total()), tau2);
        boolean finite = Double.isFinite(fit.mu() + fit.muStdError() + fit.tau2() + fit.q())
                && fit.shrunken().stream().allMatch(Double::isFinite);
        return finite
                ? Computable.of(fit)
                : Computable.notComputable(
                        "out_of_range", "The squares of these estimates or their errors leave the range of a double.");
    }

    /** The same summary with a declared prior instead of one that is learned. */
    public static RandomEffects withPrior(double[] estimates, double[] stdErrors, double mu, double tau2) {
        return summary(estimates, checkedVariances(estimates, stdErrors), mu, 0, tau2);
    }

    private static RandomEffects summary(double[] y, double[] v, double mu, double muSe, double tau2) {
        double q = Weighted.of(y, v, 0).q();
        double pValue =
                y.length < 2 ? 1 : ChiSquaredDistribution.of(y.length - 1.0).survivalProbability(q);
        List<Double> shrunken = new ArrayList<>(y.length);
        for (int i = 0; i < y.length; i++) {
            shrunken.add((tau2 * y[i] + v[i] * mu) / (tau2 + v[i]));
        }
        return new RandomEffects(mu, muSe, tau2, q, pValue, shrunken);
    }

    private static double[] checkedVariances(double[] estimates, double[] stdErrors) {
        if (estimates.length != stdErrors.length) {
            throw new IllegalArgumentException(
                    "need one standard error per estimate: " + estimates.length + ", " + stdErrors.length);
        }
        double[] variances = new double[stdErrors.length];
        for (int i = 0; i < stdErrors.length; i++) {
            ArmEstimate checked = new ArmEstimate(1, estimates[i], stdErrors[i]);
            if (checked.stdError() == 0) {
                throw new IllegalArgumentException("standard errors must be > 0: " + stdErrors[i]);
            }
            variances[i] = checked.stdError() * checked.stdError();
        }
        return variances;
    }

    private static double momentTau2(double[] y, double[] v) {
        Weighted w = Weighted.of(y, v, 0);
        // Σw − Σw²/Σw, without cancelling when one estimate carries nearly all the weight
        double scale = 0;
        for (int i = 0; i < v.length; i++) {
            double others = 0;
            for (int j = 0; j < v.length; j++) {
                others += j == i ? 0 : 1 / v[j];
            }
            scale += others / v[i] / w.total();
        }
        return Math.max(0, (w.q() - (y.length - 1)) / scale);
    }

    private static double pauleMandelTau2(double[] y, double[] v) {
        double expected = y.length - 1.0;
        if (Weighted.of(y, v, 0).q() <= expected) {
            return 0;
        }
        double unit = StatUtils.min(v);
        double high = unit;
        while (Weighted.of(y, v, high).q() > expected) {
            high *= 4;
        }
        if (!(Weighted.of(y, v, 0).q() + high < Double.POSITIVE_INFINITY)) {
            return Double.NaN;
        }
        return new BrentSolver(1e-14, 1e-14 * unit)
                .solve(1000, tau2 -> Weighted.of(y, v, tau2).q() - expected, 0, high);
    }

    /** The restricted likelihood may have several maxima: the highest that is reached from three beginnings. */
    private static double restrictedLikelihoodTau2(double[] y, double[] v) {
        double best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (double begin : new double[] {momentTau2(y, v), 0, unweightedTau2(y, v)}) {
            double tau2 = fixedPoint(y, v, begin);
            double likelihood = restrictedLogLikelihood(y, v, tau2);
            if (likelihood > highest) {
                highest = likelihood;
                best = tau2;
            }
        }
        return best;
    }

    /** Hedges' estimate: the variance of the estimates less the mean of theirs. */
    private static double unweightedTau2(double[] y, double[] v) {
        return Math.max(0, StatUtils.variance(y) - StatUtils.mean(v));
    }

    private static double restrictedLogLikelihood(double[] y, double[] v, double tau2) {
        Weighted w = Weighted.of(y, v, tau2);
        double logs = Math.log(w.total());
        for (double variance : v) {
            logs += Math.log(variance + tau2);
        }
        return -(logs + w.q()) / 2;
    }

    /** τ² ← Σw²((y − μ)² − s²)/Σw² + 1/Σw until it stands still. */
    private static double fixedPoint(double[] y, double[] v, double begin) {
        double tau2 = begin;
        for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
            Weighted w = Weighted.of(y, v, tau2);
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                double weight = 1 / (v[i] + tau2);
                sum += weight * weight * (Math.pow(y[i] - w.mean(), 2) - v[i]);
            }
            double next = Math.max(0, sum / w.squares() + 1 / w.total());
            if (Math.abs(next - tau2) <= 1e-13 * (next + 1e-300)) {
                return next;
            }
            tau2 = next;
        }
        return tau2;
    }

    /** Σw, Σw², the weighted mean and Q at one τ². */
    private record Weighted(double total, double squares, double mean, double q) {
        static Weighted of(double[] y, double[] v, double tau2) {
            double total = 0;
            double squares = 0;
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                double w = 1 / (v[i] + tau2);
                total += w;
                squares += w * w;
                sum += w * y[i];
            }
            double mean = y.length == 0 ? 0 : sum / total;
            double q = 0;
            for (int i = 0; i < y.length; i++) {
                q += Math.pow(y[i] - mean, 2) / (v[i] + tau2);
            }
            return new Weighted(total, squares, mean, q);
        }
    }
}
