package org.showroomlab.stats.demand;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Littlewood's rule: how many units to keep for the demand that pays p₁ instead of selling them now for p₂ &lt; p₁: y* =
 * F⁻¹(1 − p₂/p₁) with F the normal distribution of the better-paying demand.
 *
 * <p>Units: pieces; both prices in one currency. Edges: a price that is not below the better one, or a demand that does not
 * vary, is refused.
 *
 * <p>Source: Littlewood (1972), reprinted doi:10.1057/palgrave.rpm.5170134.
 */
public final class ProtectionLevel {

    private ProtectionLevel() {}

    /** The number of units to protect. */
    public static double littlewood(double meanDemand, double sdDemand, double highPrice, double lowPrice) {
        if (!(lowPrice > 0 && lowPrice < highPrice) || !(sdDemand > 0)) {
            throw new IllegalArgumentException(
                    "need 0 < lowPrice < highPrice and sd > 0: " + lowPrice + ", " + highPrice + ", " + sdDemand);
        }
        return NormalDistribution.of(meanDemand, sdDemand).inverseSurvivalProbability(lowPrice / highPrice);
    }
}
