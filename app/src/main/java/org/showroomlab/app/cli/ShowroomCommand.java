package org.showroomlab.app.cli;

import org.showroomlab.app.broker.BrokerUnavailable;
import org.showroomlab.app.cluster.ClusterFailed;
import org.showroomlab.ingest.experiment.InvalidExperiment;
import org.showroomlab.ingest.simulate.InvalidScenario;
import org.showroomlab.jobs.source.InputProblem;
import org.showroomlab.reports.analyze.InvalidRequest;
import org.showroomlab.reports.report.UnknownExperiment;
import org.showroomlab.reports.store.StoreFailed;
import org.showroomlab.reports.store.StoreUnavailable;
import org.showroomlab.reports.verify.VerifyProblem;
import org.showroomlab.reports.web.ListenRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command with its subcommands; 0: success, 1: a problem with the input or the world, 2: wrong usage. */
@Command(
        name = "showroom",
        description = "Experiments in hybrid micro-showrooms: exact, live, honest.",
        version = "Showroom Lab 0.1.0",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = "%ntest                 Run the whole test suite.%n%n./showroom COMMAND --help tells more.",
        subcommands = {
            DemoCommand.class,
            SimulateCommand.class,
            RunCommand.class,
            ReportCommand.class,
            SummaryCommand.class,
            VerifyCommand.class,
            AnalyzeCommand.class,
            CalibrateCommand.class,
            ServeCommand.class,
            ClusterCommand.class,
            SubmitCommand.class,
            ReplayCommand.class,
            HelpCommand.class
        })
public final class ShowroomCommand implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ShowroomCommand.class);

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandLine.Model.CommandSpec spec;

    /** Runs a command line and gives its exit code. */
    public static int execute(String... arguments) {
        try {
            int code = new CommandLine(new ShowroomCommand())
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setExecutionExceptionHandler((e, line, parsed) -> explain(e))
                    .execute(arguments);
            // A stream for printing keeps its trouble to itself.
            return code == CommandLine.ExitCode.OK && System.out.checkError()
                    ? explain(new CommandProblem(
                            "what was to be printed could not be written: the disk is full, or nobody"
                                    + " reads it any more"))
                    : code;
        } catch (OutOfMemoryError | StackOverflowError e) {
            return explain(e);
        }
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
    }

    private static int explain(Throwable e) {
        LOG.error("the command failed", e);
        boolean expected = e instanceof InputProblem
                || e instanceof InvalidExperiment
                || e instanceof InvalidScenario
                || e instanceof StoreUnavailable
                || e instanceof StoreFailed
                || e instanceof UnknownExperiment
                || e instanceof InvalidRequest
                || e instanceof ListenRefused
                || e instanceof VerifyProblem
                || e instanceof CommandProblem
                || e instanceof WrongUsage
                || e instanceof BrokerUnavailable
                || e instanceof ClusterFailed
                || e instanceof IllegalArgumentException;
        String sentence = expected
                ? String.valueOf(e.getMessage())
                : "unexpected problem: " + e + " (details are in the log, " + logFile() + ")";
        System.err.println("showroom: " + sentence);
        return e instanceof WrongUsage ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }

    private static String logFile() {
        return System.getProperty("showroom.log.dir", "logs") + "/showroom.log";
    }
}
