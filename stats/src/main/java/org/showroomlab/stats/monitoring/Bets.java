package org.showroomlab.stats.monitoring;

/**
 * The stakes of a gambler who knows only the past: λ_t = √(2 ln(1/α)/(t ln(1 + t) σ̂²_{t−1})), with mean and variance
 * started from one imagined observation of mean ½ and variance ¼.
 *
 * <p>Source: Waudby-Smith and Ramdas (2024), equation 15, doi:10.1093/jrsssb/qkad009.
 */
final class Bets {

    private Bets() {}

    static double[] predictable(double[] x, double alpha) {
        double[] bets = new double[x.length];
        double sum = 0;
        double squares = 0;
        double variance = 0.25;
        for (int t = 1; t <= x.length; t++) {
            bets[t - 1] = Math.sqrt(2 * Math.log(1 / alpha) / (t * Math.log1p(t) * variance));
            sum += x[t - 1];
            double mean = Math.min(1, (0.5 + sum) / (t + 1));
            squares += Math.pow(x[t - 1] - mean, 2);
            variance = (0.25 + squares) / (t + 1);
        }
        return bets;
    }

    static void checked(double[] values) {
        for (double value : values) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("values must be in [0, 1]: " + value);
            }
        }
    }
}
