package org.showroomlab.reports.store;

import java.time.Instant;
import java.util.Set;

/**
 * A look as the ledger keeps it, without its numbers.
 *
 * @param asOf newest event time in it
 * @param decision what the report said
 * @param harmedGuardrail whether a guardrail was among its reasons as harmed
 * @param maturedUnits units whose outcomes were in
 * @param plannedUnits units expected at the end of the experiment
 * @param shipped the variants that its numbers shipped; empty when none or not known
 */
public record RecordedLook(
        Instant asOf,
        String decision,
        boolean harmedGuardrail,
        long maturedUnits,
        long plannedUnits,
        Set<String> shipped) {
    /** Copies the set. */
    public RecordedLook {
        shipped = Set.copyOf(shipped);
    }

    /** The share of the planned information that it had. */
    public double information() {
        return plannedUnits == 0 ? 0 : Math.min(1, (double) maturedUnits / plannedUnits);
    }

    /** Whether it said to ship. */
    public boolean ships() {
        return decision.equals("ship");
    }

    /** Whether it said to roll back. */
    public boolean rollsBack() {
        return decision.equals("roll_back");
    }

    /** Whether it asked for a person. */
    public boolean asksForPerson() {
        return decision.equals("review");
    }
}
