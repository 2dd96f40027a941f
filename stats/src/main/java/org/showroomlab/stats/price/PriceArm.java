package org.showroomlab.stats.price;

import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.arms.Proportion;

/**
 * One tested price.
 *
 * @param price in one currency, any unit, > 0
 * @param visitors who were exposed to it
 * @param buyers among them
 */
public record PriceArm(double price, long visitors, long buyers) {

    /** Checks the ranges. */
    public PriceArm {
        if (!(price > 0 && price < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("price must be finite and > 0: " + price);
        }
        if (visitors < 1 || buyers < 0 || buyers > visitors) {
            throw new IllegalArgumentException(
                    "need 0 <= buyers <= visitors, visitors >= 1: " + buyers + " of " + visitors);
        }
    }

    /** Share of visitors who bought. */
    public double conversion() {
        return (double) buyers / visitors;
    }

    /** q(1 − q)/n. */
    double conversionVariance() {
        return conversion() * (1 - conversion()) / visitors;
    }

    /** Revenue per exposed visitor, p·q with SE p√(q(1 − q)/n). */
    public ArmEstimate revenuePerVisitor() {
        return new ArmEstimate(visitors, price * conversion(), price * Math.sqrt(conversionVariance()));
    }

    /** The counts as a proportion. */
    public Proportion proportion() {
        return new Proportion(visitors, buyers);
    }
}
