package org.showroomlab.app;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.reports.store.Store;
import org.showroomlab.reports.store.StoreReader;

/**
 * Everything that a store says, apart from where it came from.
 *
 * @param statistics by experiment
 * @param accounting all sources added up
 */
record Tables(Map<String, Set<UnitStatistic>> statistics, AccountingRow accounting) {
    static Tables of(Store store) {
        return store.read(Tables::of);
    }

    private static Tables of(StoreReader reader) {
        Map<String, Set<UnitStatistic>> statistics = new HashMap<>();
        for (String experiment : reader.experimentIds()) {
            statistics.put(experiment, new HashSet<>(reader.increments(experiment)));
        }
        AccountingRow total = reader.feeds().stream()
                .flatMap(feed -> reader.accounting(feed).stream())
                .reduce(new AccountingRow("all", 0, 0, 0, 0, 0, 0, 0, 0, Long.MIN_VALUE), AccountingRow::plus);
        return new Tables(statistics, total);
    }
}
