package org.showroomlab.reports.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A look as the ledger keeps it, without its numbers.
 *
 * @param asOf newest event time in it
 * @param decision what the report said
 * @param harmedGuardrail whether a guardrail was among its reasons as harmed
 * @param maturedUnits units whose outcomes were in
 * @param plannedUnits units expected at the end of the experiment
 * @param shipped the variants that its numbers shipped; empty when none or not known
 * @param ended whether all outcomes were in, as the experiment was planned then
 * @param plannedEnd when exposures were to end; {@code null} when not known
 */
public record RecordedLook(
        Instant asOf,
        String decision,
        boolean harmedGuardrail,
        long maturedUnits,
        long plannedUnits,
        Set<String> shipped,
        boolean ended,
        @Nullable Instant plannedEnd) {
    /** Copies the set. */
    public RecordedLook {
        shipped = Set.copyOf(shipped);
    }

    /** The share that it had of the information that is planned now: units come evenly, however long they are to come. */
    public double information(Instant start, Instant end) {
        if (plannedUnits == 0) {
            return 0;
        }
        double longer = plannedEnd == null
                ? 1
                : (double) Duration.between(start, end).toMillis()
                        / Duration.between(start, plannedEnd).toMillis();
        return Math.min(1, maturedUnits / (plannedUnits * longer));
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
