package org.showroomlab.jobs.count;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.jobs.count.ReferenceCount.Row;
import org.showroomlab.jobs.results.UnitStatistic;

/** Daily changes added up to the statistics as of each day, as the store's view does. */
final class Cumulated {
    private Cumulated() {}

    static Map<CellKey, Row> of(List<Experiment> experiments, Collection<UnitStatistic> changes) {
        Map<CellKey, UnitStatistic> byKey = new HashMap<>();
        changes.forEach(c -> byKey.put(key(c, c.day().toEpochDay()), c));
        Map<CellKey, Row> rows = new TreeMap<>(Comparator.comparing(CellKey::toString));
        for (Experiment experiment : experiments) {
            long first = LocalDate.ofInstant(experiment.start(), experiment.timeZone())
                    .toEpochDay();
            long last = LocalDate.ofInstant(experiment.observeUntil().minusMillis(1), experiment.timeZone())
                    .toEpochDay();
            changes.stream()
                    .filter(c -> c.experiment().equals(experiment.id()))
                    .map(c -> key(c, 0))
                    .distinct()
                    .forEach(cell -> cumulate(cell, first, last, byKey, rows));
        }
        return rows;
    }

    private static void cumulate(
            CellKey cell, long first, long last, Map<CellKey, UnitStatistic> changes, Map<CellKey, Row> rows) {
        Row total = null;
        for (long day = first; day <= last; day++) {
            CellKey key = new CellKey(
                    cell.experiment(), cell.metric(), cell.variant(), cell.dimension(), cell.dimensionValue(), day);
            UnitStatistic change = changes.get(key);
            if (change != null) {
                total = plus(total, change);
            }
            boolean empty = total == null
                    || (total.n() == 0
                            && total.events() == 0
                            && total.sums().stream().allMatch(s -> s.signum() == 0));
            if (total != null && !empty) {
                rows.put(key, total);
            }
        }
    }

    private static Row plus(@org.jspecify.annotations.Nullable Row a, UnitStatistic b) {
        if (a == null) {
            return new Row(b.n(), b.events(), b.sums());
        }
        List<BigInteger> sums = new ArrayList<>();
        for (int i = 0; i < b.sums().size(); i++) {
            sums.add(a.sums().get(i).add(b.sums().get(i)));
        }
        return new Row(a.n() + b.n(), a.events() + b.events(), sums);
    }

    private static CellKey key(UnitStatistic c, long day) {
        return new CellKey(c.experiment(), c.metric(), c.variant(), c.dimension(), c.dimensionValue(), day);
    }
}
