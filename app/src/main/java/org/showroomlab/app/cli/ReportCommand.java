package org.showroomlab.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code showroom report}: one experiment. */
@Command(name = "report", description = "The report of one experiment.", mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets required options
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "EXPERIMENT", description = "Its id.")
    private String experiment;

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

    @Override
    public Integer call() {
        Format wanted = WrongUsage.unlessAllowed("--format", () -> Format.named(format));
        try (Store store = ExistingStore.openToRead(database)) {
            Output.write(Reports.render(store, experiment, wanted), out);
        }
        return 0;
    }
}
