package org.showroomlab.jobs.count;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.showroomlab.ingest.experiment.Experiment;

/** Increments per day, added up to what they say as of each day. */
final class Cumulated {
    private Cumulated() {}

    /** By cell and day; cells with nothing in them are absent. */
    static Map<CellKey, Cell> of(List<Experiment> experiments, Map<CellKey, Cell> increments) {
        Map<CellKey, Map<Long, Cell>> byCell = new HashMap<>();
        increments.forEach((key, cell) ->
                byCell.computeIfAbsent(onDay(key, 0), k -> new TreeMap<>()).put(key.day(), cell));
        Map<CellKey, Cell> cumulated = new TreeMap<>(Comparator.comparing(CellKey::toString));
        for (Experiment experiment : experiments) {
            long first = LocalDate.ofInstant(experiment.start(), experiment.timeZone())
                    .toEpochDay();
            long last = LocalDate.ofInstant(experiment.observeUntil().minusMillis(1), experiment.timeZone())
                    .toEpochDay();
            byCell.forEach((key, changes) -> {
                if (key.experiment().equals(experiment.id())) {
                    cumulate(key, changes, first, last, cumulated);
                }
            });
        }
        return cumulated;
    }

    private static void cumulate(
            CellKey key, Map<Long, Cell> changes, long first, long last, Map<CellKey, Cell> cumulated) {
        if (key.dimension().equals(Experiment.COHORT)) {
            changes.forEach((day, cell) -> cumulated.put(onDay(key, day), cell));
            return;
        }
        Cell running = changes.values().iterator().next().zero();
        for (long day = first; day <= last; day++) {
            Cell change = changes.get(day);
            if (change != null) {
                running.add(change);
            }
            if (!running.isZero()) {
                cumulated.put(onDay(key, day), running.copy());
            }
        }
    }

    static CellKey onDay(CellKey key, long day) {
        return new CellKey(
                key.table(),
                key.experiment(),
                key.metric(),
                key.variant(),
                key.dimension(),
                key.dimensionValue(),
                key.cluster(),
                key.period(),
                key.bin(),
                day);
    }
}
