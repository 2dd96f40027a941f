package org.showroomlab.app;

import java.util.HashSet;
import java.util.Set;
import org.showroomlab.reports.report.Accounting;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.ReportAssembler;
import org.showroomlab.reports.store.Store;
import org.showroomlab.reports.store.StoreReader;

/** What a store says of one experiment: its rows, and the accounting of the job that counted it. */
record Said(Set<Object> rows, Accounting accounting) {
    static Said of(Store store, String experiment) {
        Report report = ReportAssembler.assemble(store, experiment);
        return store.read(reader -> new Said(rows(reader, experiment), report.accounting()));
    }

    static Set<Object> rows(StoreReader reader, String experiment) {
        Set<Object> rows = new HashSet<>(reader.increments(experiment));
        rows.addAll(reader.clusterIncrements(experiment));
        rows.addAll(reader.histogramIncrements(experiment));
        rows.addAll(reader.lifeIncrements(experiment));
        rows.addAll(reader.stockIncrements(experiment));
        return rows;
    }
}
