package org.showroomlab.reports.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.jobs.results.ClusterStatistic;
import org.showroomlab.jobs.results.HistogramCounts;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.reports.store.StoreReader;

/**
 * The increments of one experiment, found by what they are of.
 *
 * <p>They are added up here and not in SQL, because a sum of many squares may need more than 128 bits.
 */
final class ExperimentSums {
    /** Of the events of a cluster's usual period; a period with fewer is one of stray events. */
    private static final double LEAST_OF_A_PERIOD = 0.05;

    private static final String ANY_METRIC = "*any*";

    private record Key(String metric, String variant, String dimension, String value) {}

    private record CellOnDay(ClusterCell cell, LocalDate day) {}

    /** What one day changed. */
    private record Increment(LocalDate day, Consumer<ArmSums> change) {}

    private final Map<Key, List<Increment>> byKey = new HashMap<>();
    private final Map<Key, Map<CellOnDay, Long>> seen = new HashMap<>();
    private final Map<String, String> clusterNames = new HashMap<>();
    private final Map<Key, ArmSums> totals = new HashMap<>();
    private final Map<String, SortedSet<String>> valuesOfDimension = new TreeMap<>();
    /** By variant. */
    private final Map<ClusterCell, Map<String, Long>> eventsOfPeriod = new HashMap<>();

    private @Nullable Boolean switched;
    private final SortedSet<LocalDate> daysWithData = new TreeSet<>();

    /** Increments in any order of days. */
    ExperimentSums(List<UnitStatistic> units, List<ClusterStatistic> clusters, List<HistogramCounts> histograms) {
        units.forEach(this::index);
        clusters.forEach(this::index);
        histograms.forEach(this::index);
        // Every metric of a cell sees it: what all of them saw of a day is one change.
        seen.forEach((key, cells) -> cells.forEach((on, eventsAdded) -> put(
                key.metric(),
                key.variant(),
                key.dimension(),
                key.value(),
                on.day(),
                arm -> arm.see(on.cell(), eventsAdded))));
        seen.clear();
        byKey.values().forEach(list -> list.sort(Comparator.comparing(Increment::day)));
    }

    static ExperimentSums of(StoreReader reader, String experiment) {
        return new ExperimentSums(
                reader.reportRows(experiment),
                reader.clusterIncrements(experiment),
                reader.histogramIncrements(experiment));
    }

    private void index(UnitStatistic row) {
        put(row.metric(), row.variant(), row.dimension(), row.dimensionValue(), row.day(), arm -> arm.add(row));
    }

    private void index(ClusterStatistic row) {
        ClusterCell cell = cell(row.cluster(), row.period());
        put(row.metric(), row.variant(), row.dimension(), row.dimensionValue(), row.day(), arm -> arm.add(cell, row));
        see(cell, row);
    }

    private void index(HistogramCounts row) {
        ClusterCell cell = cell(row.cluster(), row.period());
        put(row.metric(), row.variant(), row.dimension(), row.dimensionValue(), row.day(), arm -> arm.add(cell, row));
    }

    /** Rows bring their own copy of a name; cells that share one are found faster. */
    private ClusterCell cell(String cluster, long period) {
        return new ClusterCell(clusterNames.computeIfAbsent(cluster, c -> c), period);
    }

    private void see(ClusterCell cell, ClusterStatistic row) {
        long eventsAdded = row.events() + row.denEvents();
        seen.computeIfAbsent(
                        new Key(ANY_METRIC, row.variant(), row.dimension(), row.dimensionValue()), k -> new HashMap<>())
                .merge(new CellOnDay(cell, row.day()), eventsAdded, Long::sum);
        if (row.dimension().isEmpty()) {
            eventsOfPeriod.computeIfAbsent(cell, c -> new HashMap<>()).merge(row.variant(), eventsAdded, Long::sum);
        }
    }

    private void put(
            String metric, String variant, String dimension, String value, LocalDate day, Consumer<ArmSums> change) {
        byKey.computeIfAbsent(new Key(metric, variant, dimension, value), k -> new ArrayList<>())
                .add(new Increment(day, change));
        if (!dimension.equals(Experiment.COHORT)) {
            daysWithData.add(day);
        }
        if (!dimension.isEmpty()) {
            valuesOfDimension.computeIfAbsent(dimension, d -> new TreeSet<>()).add(value);
        }
    }

    /** Every day from the first to the last with data. */
    List<LocalDate> days() {
        return daysWithData.isEmpty() ? List.of() : daysThrough(daysWithData.last());
    }

    /** Every day from the first with data to that one, or to the last with data if that is later. */
    List<LocalDate> daysThrough(LocalDate day) {
        if (daysWithData.isEmpty()) {
            return List.of();
        }
        LocalDate last = day.isAfter(daysWithData.last()) ? day : daysWithData.last();
        return daysWithData.first().datesUntil(last.plusDays(1)).toList();
    }

    SortedSet<String> valuesOf(String dimension) {
        return valuesOfDimension.getOrDefault(dimension, new TreeSet<>());
    }

    /** Whether clusters were switched: most had periods of two variants, and not of stray events alone. */
    boolean switched() {
        if (switched == null) {
            Map<String, List<Map<String, Long>>> periods = new HashMap<>();
            eventsOfPeriod.forEach((cell, events) -> periods.computeIfAbsent(cell.cluster(), c -> new ArrayList<>())
                    .add(events));
            switched = 2
                            * periods.values().stream()
                                    .filter(ExperimentSums::isSwitched)
                                    .count()
                    > periods.size();
        }
        return switched;
    }

    private static boolean isSwitched(List<Map<String, Long>> periods) {
        long events = periods.stream()
                .flatMap(period -> period.values().stream())
                .mapToLong(Long::longValue)
                .sum();
        double least = LEAST_OF_A_PERIOD * events / periods.size();
        return periods.stream()
                        .flatMap(period -> period.entrySet().stream())
                        .filter(e -> e.getValue() > 0 && e.getValue() >= least)
                        .map(Map.Entry::getKey)
                        .distinct()
                        .count()
                > 1;
    }

    /** Clusters that were seen under that variant. */
    long clusters(String variant) {
        return eventsOfPeriod.entrySet().stream()
                .filter(period -> period.getValue().getOrDefault(variant, 0L) > 0)
                .map(period -> period.getKey().cluster())
                .distinct()
                .count();
    }

    ArmSums total(String metric, String variant) {
        return total(metric, variant, "", "");
    }

    ArmSums total(String metric, String variant, String dimension, String value) {
        return totals.computeIfAbsent(new Key(metric, variant, dimension, value), key -> {
            ArmSums sums = new ArmSums();
            rows(key).forEach(row -> row.change().accept(sums));
            return sums;
        });
    }

    /** Over the cohorts before that one: of all their units, whatever the day. */
    ArmSums totalOfCohortsBefore(int cohort, String metric, String variant) {
        ArmSums sums = new ArmSums();
        for (String value : valuesOf(Experiment.COHORT)) {
            if (Integer.parseInt(value) < cohort) {
                rows(new Key(metric, variant, Experiment.COHORT, value))
                        .forEach(row -> row.change().accept(sums));
            }
        }
        return sums;
    }

    /** Sums that can be moved forward day by day. */
    Clock clock(String metric, String variant) {
        return clock(metric, variant, "", "");
    }

    Clock clock(String metric, String variant, String dimension, String value) {
        return new Clock(rows(new Key(metric, variant, dimension, value)));
    }

    private List<Increment> rows(Key key) {
        List<Increment> rows = new ArrayList<>(byKey.getOrDefault(key, List.of()));
        List<Increment> anyMetric =
                byKey.getOrDefault(new Key(ANY_METRIC, key.variant(), key.dimension(), key.value()), List.of());
        if (!anyMetric.isEmpty()) {
            rows.addAll(anyMetric);
            rows.sort(Comparator.comparing(Increment::day));
        }
        return rows;
    }

    /** One arm's sums as of a day that only moves forward. */
    static final class Clock {
        private final List<Increment> rows;
        private final ArmSums sums = new ArmSums();
        private int next;

        private Clock(List<Increment> rows) {
            this.rows = rows;
        }

        ArmSums asOf(LocalDate day) {
            while (next < rows.size() && !rows.get(next).day().isAfter(day)) {
                rows.get(next++).change().accept(sums);
            }
            return sums;
        }
    }
}
