package org.showroomlab.reports.report;

import java.util.List;

/**
 * One metric among the units with one value of one dimension; exploratory, never part of the verdict.
 *
 * @param name the dimension's field
 * @param value "" for units without a value
 */
public record SliceReport(String name, String value, List<ArmReport> arms, List<Comparison> comparisons) {
    public SliceReport {
        arms = List.copyOf(arms);
        comparisons = List.copyOf(comparisons);
    }

    SliceReport withComparisons(List<Comparison> adjusted) {
        return new SliceReport(name, value, arms, adjusted);
    }
}
