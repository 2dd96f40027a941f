package org.showroomlab.reports.store;

import java.time.Instant;

/**
 * A look as the ledger keeps it, without its numbers.
 *
 * @param asOf newest event time in it
 * @param decision what the report said
 * @param harmedGuardrail whether a guardrail was among its reasons as harmed
 * @param maturedUnits units whose outcomes were in
 * @param plannedUnits units expected at the end of the experiment
 */
public record RecordedLook(
        Instant asOf, String decision, boolean harmedGuardrail, long maturedUnits, long plannedUnits) {
    /** The share of the planned information that it had. */
    public double information() {
        return plannedUnits == 0 ? 0 : Math.min(1, (double) maturedUnits / plannedUnits);
    }
}
