package org.showroomlab.reports.report;

import org.showroomlab.stats.Computable;
import org.showroomlab.stats.health.SampleRatioMismatch;

/**
 * Whether the arms can be compared at all.
 *
 * @param srm the arms' sizes against their weights
 * @param mixedUnits units seen with two variants, which are in no metric
 * @param units units seen with one
 */
public record Health(Computable<SampleRatioMismatch> srm, long mixedUnits, long units) {
    /** Mixed units among all; 0 without any. */
    public double mixedShare() {
        return mixedUnits + units == 0 ? 0 : (double) mixedUnits / (mixedUnits + units);
    }
}
