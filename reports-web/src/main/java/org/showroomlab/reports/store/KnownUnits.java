package org.showroomlab.reports.store;

import java.time.Instant;
import java.util.Map;

/**
 * How many units of the cohorts that were over a look knew.
 *
 * @param asOf newest event time in the look
 * @param byVariant units of each variant
 */
public record KnownUnits(Instant asOf, Map<String, Long> byVariant) {
    /** Copies the map. */
    public KnownUnits {
        byVariant = Map.copyOf(byVariant);
    }
}
