package org.showroomlab.ingest.simulate;

import java.util.List;
import org.apache.commons.math3.util.FastMath;

/**
 * How many of those who see a price subscribe: q(p) = 1 / (1 + exp(−(a − b·p))), the same in every market.
 *
 * @param intercept a
 * @param slope b, per minor unit of the local currency
 */
record PriceDemand(double intercept, double slope, List<Long> pricesMinor) {
    static PriceDemand of(ParameterTable parameters) {
        return new PriceDemand(
                parameters.number("sub_price.intercept"),
                parameters.number("sub_price.slope"),
                List.of(
                        (long) parameters.integer("sub_price.price_1"),
                        (long) parameters.integer("sub_price.price_2"),
                        (long) parameters.integer("sub_price.price_3")));
    }

    double conversion(double priceMinor) {
        return 1 / (1 + FastMath.exp(-(intercept - slope * priceMinor)));
    }
}
