package org.showroomlab.stats.demand;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.commons.statistics.distribution.PoissonDistribution;

/**
 * How exact a mean over visitors is when only buyers can have what is averaged (an order, a pick-up, hours of waiting saved) and
 * places sell no more than they have.
 *
 * <p>Where all is sold the number of buyers is the number of pieces, and not a sum over independent visitors: what is left to
 * chance is how many came and what buyers do with what they bought. With N visitors, B buyers, θ the mean and V its variance
 * if visitors were independent, the variance is V − θ²(v/B − 2c/N), where the stock takes from the variance of the number of
 * buyers the part v and from its covariance with the number of visitors the part c, both of B.
 *
 * <p>Derivation: θ is the ratio of two totals, so its variance is that of Σ(Y − θ) over N². In a place the visitors are
 * Poisson, those who want to buy are D ~ Poisson(m), and M = min(D, pieces) buy. Σ(Y − θ) has the variance E[M]·Var[Y] +
 * E[Y]²Var[M] − 2θE[Y]Cov[M, D] + θ²n there, moments of Y among buyers; without a limit Var[M] = Cov[M, D] = E[M]. With
 * E[Y] = θN/B the difference is the formula, v = Σ(E[M] − Var[M])/B and c = Σ(E[M] − Cov[M, D])/B. If all places surely
 * sell out v = c = 1, and the variance of the share of buyers is (B/N)²/N, the part of the visitors alone.
 *
 * <p>Edges: nobody, or no buyer, changes nothing; never below θ²/N. With an unknown demand, places that sold out are taken to
 * do so surely, and others to have had no limit; where demand is about the stock that is slightly too large.
 *
 * <p>Source: linearised ratio, Cochran (1977), Sampling Techniques, section 2.11; the stock's part is derived above.
 *
 * @param visitors N, who could have bought
 * @param buyers B
 * @param variancePart v, in [0, 1]
 * @param covariancePart c, in [0, 1]
 */
public record FixedSales(long visitors, long buyers, double variancePart, double covariancePart) {
    /** Checks the ranges. */
    public FixedSales {
        if (buyers < 0 || visitors < buyers || isNoPart(variancePart) || isNoPart(covariancePart)) {
            throw new IllegalArgumentException("need 0 <= buyers <= visitors and parts in [0, 1]: " + buyers + ", "
                    + visitors + ", " + variancePart + ", " + covariancePart);
        }
    }

    private static boolean isNoPart(double value) {
        return !(value >= 0 && value <= 1);
    }

    /**
     * One place.
     *
     * @param visitors who came
     * @param buyers who bought
     * @param pieces how many could buy at most; empty when there is no limit or it is not known
     * @param soldOut whether nothing was left
     */
    public record Place(long visitors, long buyers, OptionalLong pieces, boolean soldOut) {}

    /** Sales that no stock limits. */
    public static FixedSales unlimited(long visitors, long buyers) {
        return new FixedSales(visitors, buyers, 0, 0);
    }

    /**
     * What the places' stocks fix.
     *
     * @param visitors N, in all places
     * @param buyers B, in all places
     * @param demand share of visitors who want to buy, the same everywhere; empty when it is not known
     */
    public static FixedSales of(long visitors, long buyers, List<Place> places, OptionalDouble demand) {
        double variance = 0;
        double covariance = 0;
        long known = 0;
        for (Place place : places) {
            known += place.buyers();
            if (demand.isPresent() && place.pieces().isPresent() && place.visitors() > 0) {
                Moments sales = Moments.of(
                        demand.getAsDouble() * place.visitors(), place.pieces().getAsLong());
                variance += sales.mean() - sales.variance();
                covariance += sales.mean() - sales.covariance();
            } else if (place.soldOut()) {
                variance += place.buyers();
                covariance += place.buyers();
            }
        }
        return known == 0
                ? unlimited(visitors, buyers)
                : new FixedSales(visitors, buyers, part(variance, known), part(covariance, known));
    }

    private static double part(double fixed, long buyers) {
        return Math.min(1, Math.max(0, fixed / buyers));
    }

    /** Of M = min(D, pieces), D Poisson; the covariance is that of M and D. */
    private record Moments(double mean, double variance, double covariance) {
        /** From E[D; D < x] = m·P(D ≤ x − 2) and E[D(D − 1); D < x] = m²·P(D ≤ x − 3). */
        static Moments of(double mean, long pieces) {
            if (mean <= 0) {
                return new Moments(0, 0, 0);
            }
            int limit = (int) Math.min(pieces, Integer.MAX_VALUE);
            PoissonDistribution demand = PoissonDistribution.of(mean);
            double first = mean * demand.cumulativeProbability(limit - 2);
            double second = mean * mean * demand.cumulativeProbability(limit - 3) + first;
            double beyond = demand.survivalProbability(limit - 1);
            double sold = first + limit * beyond;
            double square = second + (double) limit * limit * beyond;
            double product = second + limit * (mean - first);
            return new Moments(sold, square - sold * sold, product - sold * mean);
        }
    }

    /**
     * The variance of the mean.
     *
     * @param mean θ, per visitor
     * @param independent V
     */
    public double variance(double mean, double independent) {
        if (buyers == 0 || isUnlimited()) {
            return independent;
        }
        double squared = mean * mean;
        double fixed = squared * (variancePart / buyers - 2 * covariancePart / visitors);
        return Math.max(independent - fixed, squared / visitors);
    }

    /** Whether no stock limits anything. */
    public boolean isUnlimited() {
        return variancePart == 0 && covariancePart == 0;
    }
}
