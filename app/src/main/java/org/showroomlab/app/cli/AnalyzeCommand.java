package org.showroomlab.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.analyze.Analyze;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code showroom analyze}: statistics for any tool that can write JSON. */
@Command(
        name = "analyze",
        description = "Statistics from sufficient statistics: {\"analyses\":[…]} in, {\"results\":[…]} out.",
        mixinStandardHelpOptions = true)
final class AnalyzeCommand implements Callable<Integer> {
    @Option(names = "--in", paramLabel = "FILE", description = "The analyses as JSON; default: standard input.")
    private @Nullable Path in;

    @Override
    public Integer call() {
        Output.write(Analyze.respond(request()), null);
        System.out.println();
        return 0;
    }

    private byte[] request() {
        try {
            return in == null ? System.in.readAllBytes() : Files.readAllBytes(in);
        } catch (IOException e) {
            throw new CommandProblem("the analyses in " + (in == null ? "the input" : in) + " cannot be read", e);
        }
    }
}
