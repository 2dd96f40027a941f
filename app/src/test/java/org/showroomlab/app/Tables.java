package org.showroomlab.app;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.reports.store.Store;
import org.showroomlab.reports.store.StoreReader;

/**
 * What a store says, apart from where it came from: dead letters name their origin and are left out.
 *
 * @param rows of all tables, by experiment
 * @param showrooms how far each is complete
 * @param accounting all sources added up
 */
record Tables(Map<String, Set<Object>> rows, Set<ShowroomProgress> showrooms, AccountingRow accounting) {
    static Tables of(Store store) {
        return store.read(Tables::of);
    }

    private static Tables of(StoreReader reader) {
        Map<String, Set<Object>> rows = new HashMap<>();
        for (String experiment : reader.experimentIds()) {
            rows.put(experiment, Said.rows(reader, experiment));
        }
        Set<ShowroomProgress> showrooms = new HashSet<>();
        reader.feeds().forEach(feed -> showrooms.addAll(reader.showrooms(feed)));
        AccountingRow total = reader.feeds().stream()
                .flatMap(feed -> reader.accounting(feed).stream())
                .reduce(new AccountingRow("all", 0, 0, 0, 0, 0, 0, 0, 0, Long.MIN_VALUE), AccountingRow::plus);
        return new Tables(rows, showrooms, total);
    }
}
