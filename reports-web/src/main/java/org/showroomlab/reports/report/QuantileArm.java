package org.showroomlab.reports.report;

import org.showroomlab.stats.quantile.QuantileEstimate;

/**
 * A quantile of one arm of clusters with the care of {@link UnequalClusters}.
 *
 * @param df degrees of freedom of its standard error
 */
record QuantileArm(QuantileEstimate estimate, double df) {}
