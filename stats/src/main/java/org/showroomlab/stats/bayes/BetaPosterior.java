package org.showroomlab.stats.bayes;

import java.util.Arrays;
import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.arms.Proportion;

/**
 * What to believe about a conversion rate: Beta(a + x, b + n − x) under a Beta(a, b) prior.
 *
 * <p>P(treatment better) = ∫ f₁(p)F₀(p)dp and E[max(p₀ − p₁, 0)] = ∫ F₁(p)(1 − F₀(p))dp, by Gauss–Legendre over the range
 * that holds all but 1e-15 of both, cut where one of them begins or ends: the narrow one of two has panels of its own.
 * Needs no large samples; of {@value #MOST_UNITS} units seven digits are right, and fewer of more.
 *
 * <p>Edges: both shapes must be above 0; without any unit the posterior is the prior.
 *
 * <p>Source: Brown, Cai and DasGupta (2001), doi:10.1214/ss/1009213286, for the posterior under a Beta prior.
 *
 * @param a first shape
 * @param b second shape
 */
public record BetaPosterior(double a, double b) {

    /** Beyond it rounding shows, and the normal posterior is as good. */
    public static final long MOST_UNITS = 1_000_000_000;

    private static final double TAIL = 1e-15;
    private static final int PANELS = 16;
    /** On [−1, 1]; one finished rule, because the factory's cache is not safe between threads. */
    private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(32, -1, 1);

    /** Checks the shapes. */
    public BetaPosterior {
        if (!(a > 0 && a < Double.POSITIVE_INFINITY) || !(b > 0 && b < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("shapes must be finite and > 0: " + a + ", " + b);
        }
    }

    /** The posterior under a uniform prior. */
    public static BetaPosterior of(Proportion data) {
        return new BetaPosterior(1, 1).after(data);
    }

    /** This belief as prior, after data. */
    public BetaPosterior after(Proportion data) {
        return new BetaPosterior(a + data.successes(), b + data.n() - data.successes());
    }

    /** The central credible interval of the rate. */
    public Interval interval(double alpha) {
        BetaDistribution beta = distribution();
        return new Interval(beta.inverseCumulativeProbability(alpha / 2), beta.inverseSurvivalProbability(alpha / 2));
    }

    /** P(this rate > the control's). */
    public double chanceToBeat(BetaPosterior control) {
        BetaDistribution own = distribution();
        BetaDistribution other = control.distribution();
        return Math.min(1, integrate(own, other, p -> own.density(p) * other.cumulativeProbability(p)));
    }

    /** What is lost on average by choosing this over the control. */
    public double expectedLossAgainst(BetaPosterior control) {
        BetaDistribution own = distribution();
        BetaDistribution other = control.distribution();
        return integrate(own, other, p -> own.cumulativeProbability(p) * other.survivalProbability(p));
    }

    private BetaDistribution distribution() {
        return BetaDistribution.of(a, b);
    }

    private static double integrate(BetaDistribution one, BetaDistribution two, UnivariateFunction f) {
        double[] ends = {
            one.inverseCumulativeProbability(TAIL),
            one.inverseSurvivalProbability(TAIL),
            two.inverseCumulativeProbability(TAIL),
            two.inverseSurvivalProbability(TAIL)
        };
        Arrays.sort(ends);
        double sum = 0;
        for (int part = 1; part < ends.length; part++) {
            sum += integrate(ends[part - 1], ends[part], f);
        }
        return sum;
    }

    private static double integrate(double low, double high, UnivariateFunction f) {
        double half = (high - low) / PANELS / 2;
        double sum = 0;
        for (int i = 0; i < PANELS; i++) {
            double middle = low + (2 * i + 1) * half;
            sum += half * RULE.integrate(x -> f.value(middle + half * x));
        }
        return sum;
    }
}
