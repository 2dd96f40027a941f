package org.showroomlab.reports.store;

import java.time.Instant;

/**
 * How clear one comparison was at a recorded look.
 *
 * @param asOf newest event time in the look
 * @param z the difference to control in standard errors, or fewer where its p-value says less: the same as a harm stop
 *     judges, see {@link org.showroomlab.stats.Effect#z(double, double, double)}
 */
public record LookEffect(Instant asOf, String metric, String variant, double z) {}
