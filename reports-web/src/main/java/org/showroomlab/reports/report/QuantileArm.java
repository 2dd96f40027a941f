package org.showroomlab.reports.report;

import java.util.OptionalDouble;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.quantile.QuantileEstimate;

/**
 * A quantile of one arm of clusters with the care of {@link UnequalClusters}.
 *
 * @param df degrees of freedom of its standard error
 */
record QuantileArm(QuantileEstimate estimate, double df) {
    static OptionalDouble df(Computable<QuantileArm> arm) {
        return arm.value().map(known -> OptionalDouble.of(known.df)).orElse(OptionalDouble.empty());
    }
}
