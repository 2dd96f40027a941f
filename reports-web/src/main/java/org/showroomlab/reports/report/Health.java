package org.showroomlab.reports.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.health.SampleRatioMismatch;
import org.showroomlab.stats.verdict.Finding;

/**
 * Whether the arms can be compared at all.
 *
 * @param srm the arms' sizes against their weights
 * @param dailySrm p-value of the same by tests for a look every day, while looks go on; empty at the only one and at the end
 * @param sizes by variant, what was tested: units; or clusters, where they keep their variant over several periods
 * @param mixedUnits units seen with two variants, which are in no metric
 * @param units units seen with one
 */
public record Health(
        Computable<SampleRatioMismatch> srm,
        OptionalDouble dailySrm,
        Map<String, Long> sizes,
        long mixedUnits,
        long units) {
    /** Copies the map. */
    public Health {
        sizes = Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
    }

    /** What the arms' sizes say for the verdict; nothing when they cannot be tested. */
    public Optional<Finding.SampleRatio> sampleRatio() {
        String counts = sizes.entrySet().stream()
                .map(arm -> arm.getKey() + " " + arm.getValue())
                .collect(Collectors.joining(", "));
        return srm.value().map(test -> new Finding.SampleRatio(test.pValue(), dailySrm, counts));
    }

    /** Mixed units among all; 0 without any. */
    public double mixedShare() {
        return mixedUnits + units == 0 ? 0 : (double) mixedUnits / (mixedUnits + units);
    }
}
