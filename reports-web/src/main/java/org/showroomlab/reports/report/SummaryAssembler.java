package org.showroomlab.reports.report;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.store.Store;

/** Makes the summary of all experiments of a store. */
public final class SummaryAssembler {
    private SummaryAssembler() {}

    /** The summary with nothing known of effects but what these experiments say. */
    public static Summary assemble(Store store) {
        return assemble(store, null);
    }

    /** @param prior what effects are shrunken by while too few experiments are finished to learn it from them */
    public static Summary assemble(Store store, @Nullable DeclaredPrior prior) {
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
        return new Summary(newest, lines, ScorecardAssembler.assemble(lines, prior));
    }
}
