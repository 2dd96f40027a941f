package org.showroomlab.reports.report;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.showroomlab.reports.store.Store;

/** Makes the summary of all experiments of a store. */
public final class SummaryAssembler {
    private SummaryAssembler() {}

    public static Summary assemble(Store store) {
        List<Summary.Line> lines = ReportAssembler.assembleAll(store).stream()
                .map(Summary.Line::new)
                .sorted(Comparator.comparing(Summary.Line::quarter)
                        .thenComparing(line -> line.report().experiment().id(), new NaturalOrder()))
                .toList();
        Instant newest = lines.stream()
                .map(line -> line.report().asOf())
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new Summary(newest, lines, ScorecardAssembler.assemble(lines));
    }
}
