package org.showroomlab.reports.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.showroomlab.jobs.results.UnitStatistic;

/**
 * The increments of one experiment, found by what they are of.
 *
 * <p>They are added up here and not in SQL, because a sum of many squares may need more than 128 bits.
 */
final class ExperimentSums {
    private record Key(String metric, String variant, String dimension, String value) {}

    private final Map<Key, List<UnitStatistic>> byKey = new HashMap<>();
    private final Map<String, SortedSet<String>> valuesOfDimension = new TreeMap<>();
    private final SortedSet<LocalDate> daysWithData = new TreeSet<>();

    /** Increments in any order of days; each list keeps them by day. */
    ExperimentSums(List<UnitStatistic> increments) {
        increments.stream()
                .sorted(java.util.Comparator.comparing(UnitStatistic::day))
                .forEach(this::index);
    }

    private void index(UnitStatistic row) {
        Key key = new Key(row.metric(), row.variant(), row.dimension(), row.dimensionValue());
        byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
        daysWithData.add(row.day());
        if (!row.dimension().isEmpty()) {
            valuesOfDimension
                    .computeIfAbsent(row.dimension(), d -> new TreeSet<>())
                    .add(row.dimensionValue());
        }
    }

    /** Every day from the first to the last with data. */
    List<LocalDate> days() {
        return daysWithData.isEmpty()
                ? List.of()
                : daysWithData
                        .first()
                        .datesUntil(daysWithData.last().plusDays(1))
                        .toList();
    }

    SortedSet<String> valuesOf(String dimension) {
        return valuesOfDimension.getOrDefault(dimension, new TreeSet<>());
    }

    ArmSums total(String metric, String variant) {
        return total(metric, variant, "", "");
    }

    ArmSums total(String metric, String variant, String dimension, String value) {
        ArmSums sums = new ArmSums();
        rows(metric, variant, dimension, value).forEach(sums::add);
        return sums;
    }

    /** Sums that can be moved forward day by day. */
    Clock clock(String metric, String variant) {
        return new Clock(rows(metric, variant, "", ""));
    }

    private List<UnitStatistic> rows(String metric, String variant, String dimension, String value) {
        return byKey.getOrDefault(new Key(metric, variant, dimension, value), List.of());
    }

    /** One arm's sums as of a day that only moves forward. */
    static final class Clock {
        private final List<UnitStatistic> rows;
        private final ArmSums sums = new ArmSums();
        private int next;

        private Clock(List<UnitStatistic> rows) {
            this.rows = rows;
        }

        ArmSums asOf(LocalDate day) {
            while (next < rows.size() && !rows.get(next).day().isAfter(day)) {
                sums.add(rows.get(next++));
            }
            return sums;
        }
    }
}
