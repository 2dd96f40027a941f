package org.showroomlab.stats.price;

/**
 * A labelled projection, not a measurement: the value of a subscriber who pays m per period and stays with probability r,
 * discounted at d per period. m(1 + d)/(1 + d − r), and its first terms only.
 *
 * <p>Edges: a retention of 1 or more and a discount below 0 are refused.
 *
 * <p>Source: Gupta and Lehmann (2003), doi:10.1002/dir.10045.
 */
public final class LifetimeValue {

    private LifetimeValue() {}

    /** The value over an unlimited life. */
    public static double geometric(double margin, double retention, double discount) {
        checked(retention, discount);
        return margin * (1 + discount) / (1 + discount - retention);
    }

    /** The value of the first so many periods. */
    public static double geometric(double margin, double retention, double discount, int periods) {
        checked(retention, discount);
        double factor = retention / (1 + discount);
        return geometric(margin, retention, discount) * (1 - Math.pow(factor, periods));
    }

    private static void checked(double retention, double discount) {
        if (!(retention >= 0 && retention < 1) || !(discount >= 0)) {
            throw new IllegalArgumentException(
                    "need retention in [0, 1) and discount >= 0: " + retention + ", " + discount);
        }
    }
}
