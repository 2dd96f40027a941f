package org.showroomlab.stats.regression;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** The mean and variance of one row of a generalized linear model. */
public enum Family {
    /** Binomial share with logit link. */
    BINOMIAL_LOGIT {
        @Override
        double mean(double eta) {
            return 1 / (1 + Math.exp(-eta));
        }

        @Override
        double slope(double eta, double mean) {
            return mean * (1 - mean);
        }

        @Override
        double link(double mean) {
            return Math.log(mean / (1 - mean));
        }
    },
    /** Binomial share with log link: a constant elasticity when the regressor is a logarithm. */
    BINOMIAL_LOG {
        @Override
        double mean(double eta) {
            return Math.exp(eta);
        }

        @Override
        double slope(double eta, double mean) {
            return mean;
        }

        @Override
        double link(double mean) {
            return Math.log(mean);
        }

        @Override
        double information(double y, double mean, double slope) {
            return (1 - y) * mean / ((1 - mean) * (1 - mean));
        }
    },
    /** Binomial share with probit link. */
    BINOMIAL_PROBIT {
        @Override
        double mean(double eta) {
            return NormalDistribution.of(0, 1).cumulativeProbability(eta);
        }

        @Override
        double slope(double eta, double mean) {
            return NormalDistribution.of(0, 1).density(eta);
        }

        @Override
        double link(double mean) {
            return NormalDistribution.of(0, 1).inverseCumulativeProbability(mean);
        }
    },
    /** Poisson count with log link. */
    POISSON {
        @Override
        double mean(double eta) {
            return Math.exp(eta);
        }

        @Override
        double slope(double eta, double mean) {
            return mean;
        }

        @Override
        double link(double mean) {
            return Math.log(mean);
        }

        @Override
        double variance(double mean) {
            return mean;
        }

        @Override
        double logLikelihood(double y, double mean) {
            return times(y, Math.log(mean)) - mean;
        }

        @Override
        boolean possible(double mean) {
            return mean > 0 && mean < Double.POSITIVE_INFINITY;
        }

        @Override
        double start(double y, double weight) {
            return y + 0.1;
        }
    };

    abstract double mean(double eta);

    /** dμ/dη. */
    abstract double slope(double eta, double mean);

    abstract double link(double mean);

    /** What a trial tells of η: observed under a log link, expected otherwise (with a canonical link they are the same). */
    double information(double y, double mean, double slope) {
        return slope * slope / variance(mean);
    }

    double variance(double mean) {
        return mean * (1 - mean);
    }

    /** Of one trial, without what does not depend on the mean. */
    double logLikelihood(double y, double mean) {
        return times(y, Math.log(mean)) + times(1 - y, Math.log1p(-mean));
    }

    /** 0·ln 0 is 0. */
    private static double times(double share, double log) {
        return share == 0 ? 0 : share * log;
    }

    boolean possible(double mean) {
        return mean > 0 && mean < 1;
    }

    /** A first mean, away from the ends. */
    double start(double y, double weight) {
        return (weight * y + 0.5) / (weight + 1);
    }
}
