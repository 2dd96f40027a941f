package org.showroomlab.stats.dose;

/**
 * What theory expects of a time to live T under Poisson requests (rate λ per second) and updates (rate μ per second): hit
 * share λT/(1 + λT) and stale share 1 − (1 − e^{−μT})/(μT).
 *
 * <p>Source: Jung, Berger and Balakrishnan (2003), doi:10.1109/INFCOM.2003.1208684; Che, Tung and Wang (2002),
 * doi:10.1109/JSAC.2002.801752.
 */
public final class TtlCache {

    private TtlCache() {}

    /** Share of requests answered from the cache. */
    public static double hitShare(double requestsPerSecond, double ttlSeconds) {
        double expected = positive(requestsPerSecond) * positive(ttlSeconds);
        return expected / (1 + expected);
    }

    /** Share of answers that are older than the last update. */
    public static double staleShare(double updatesPerSecond, double ttlSeconds) {
        double expected = positive(updatesPerSecond) * positive(ttlSeconds);
        return expected == 0 ? 0 : 1 + Math.expm1(-expected) / expected;
    }

    private static double positive(double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("rates and times must be finite and >= 0: " + value);
        }
        return value;
    }
}
