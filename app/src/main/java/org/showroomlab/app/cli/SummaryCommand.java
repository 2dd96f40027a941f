package org.showroomlab.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.report.DeclaredPrior;
import org.showroomlab.reports.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code showroom summary}: all experiments by quarter, with the scorecard of those that are finished. */
@Command(
        name = "summary",
        description =
                "All experiments by quarter: status, verdict, primary effect, owner; what the finished ones achieved together.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets required options
final class SummaryCommand implements Callable<Integer> {
    @Option(names = "--db", required = true, paramLabel = "FILE", description = "The database to read.")
    private Path database;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = "json, csv, html, xlsx, pdf or ipynb.")
    private String format;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write; default: standard output.")
    private @Nullable Path out;

    @Option(names = "--prior", paramLabel = "MEAN,SD", description = ScorecardPrior.DESCRIPTION)
    private @Nullable String prior;

    @Override
    public Integer call() {
        Format wanted = WrongUsage.unlessAllowed("--format", () -> Format.named(format));
        DeclaredPrior declared = ScorecardPrior.of(prior);
        try (Store store = ExistingStore.openToRead(database)) {
            Output.write(Reports.renderSummary(store, declared, wanted), out);
        }
        return 0;
    }
}
