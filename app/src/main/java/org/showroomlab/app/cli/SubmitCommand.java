package org.showroomlab.app.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.showroomlab.app.broker.ShowroomTopics;
import org.showroomlab.app.cluster.ClusterSettings.StateBackend;
import org.showroomlab.app.cluster.FlinkRest;
import org.showroomlab.app.cluster.JobSubmission;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.flow.CountingJob;
import org.showroomlab.jobs.run.CountingMain;
import org.showroomlab.jobs.run.NamedJob;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code showroom submit}: a job to a running Flink cluster. */
@Command(
        name = "submit",
        description = "Submit a job to a running Flink cluster; its id is printed. Missing topics are made.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets it
final class SubmitCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private static final Duration SLOT_PATIENCE = Duration.ofSeconds(15);
    private static final Duration WORK_PATIENCE = Duration.ofSeconds(30);

    @Parameters(arity = "0..1", paramLabel = "JOB", description = "Its name; --list shows all.")
    private @Nullable String name;

    @Option(names = "--list", description = "Name the jobs.")
    private boolean list;

    @Option(names = "--flink", paramLabel = "HOST:PORT", description = "Flink's REST address.")
    private @Nullable String flink;

    @Option(names = "--brokers", paramLabel = "HOST:PORT", description = "Kafka brokers, as the cluster reaches them.")
    private @Nullable String brokers;

    @Option(names = "--experiments", paramLabel = "DIR", description = "Folder of experiment files.")
    private @Nullable Path experiments;

    @Option(names = "--parallelism", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int parallelism = 2;

    @Option(
            names = "--checkpoint-seconds",
            paramLabel = "N",
            description = "Time between checkpoints (default: ${DEFAULT-VALUE}).")
    private int checkpointSeconds = 5;

    @Option(names = "--from-savepoint", paramLabel = "PATH", description = "Savepoint or retained checkpoint.")
    private @Nullable String savepoint;

    @Option(
            names = "--state",
            paramLabel = "heap|rocksdb",
            description = "Where keyed state lives; default: what the cluster does.")
    private @Nullable StateBackend state;

    @Option(
            names = "--lateness-days",
            paramLabel = "N",
            description = "How long after its observe_until an experiment still takes events, in event time"
                    + " (default: ${DEFAULT-VALUE}).")
    private int latenessDays = (int) CountingJob.Options.DEFAULT_LATENESS.toDays();

    @Option(
            names = "--clock-ahead-hours",
            paramLabel = "N",
            description = "Events whose time is further after their arrival are dead letters"
                    + " (default: ${DEFAULT-VALUE}).")
    private int clockAheadHours = (int) CountingJob.Options.DEFAULT_CLOCK_AHEAD.toHours();

    @Option(names = "--replace", description = "Cancel a running job of that name first.")
    private boolean replace;

    @Override
    public Integer call() {
        if (list) {
            NamedJob.ALL.forEach(job -> System.out.printf("%-18s %s%n", job.name(), job.description()));
            return 0;
        }
        NamedJob job = job();
        if (parallelism < 1 || checkpointSeconds < 1) {
            throw new WrongUsage("--parallelism and --checkpoint-seconds are at least 1");
        }
        if (latenessDays < 0 || latenessDays > CountingMain.MOST_DAYS) {
            throw new WrongUsage("--lateness-days is " + latenessDays + "; allowed: 0 to " + CountingMain.MOST_DAYS);
        }
        if (clockAheadHours < 0 || clockAheadHours > 24 * CountingMain.MOST_DAYS) {
            throw new WrongUsage(
                    "--clock-ahead-hours is " + clockAheadHours + "; allowed: 0 to " + 24 * CountingMain.MOST_DAYS);
        }
        JobSubmission submission = new JobSubmission(
                job,
                ServerAddress.one("--flink", given("--flink", flink)),
                ServerAddress.brokers(given("--brokers", brokers)),
                given("--experiments", experiments),
                parallelism,
                Duration.ofSeconds(checkpointSeconds),
                savepoint,
                state,
                Duration.ofDays(latenessDays),
                Duration.ofHours(clockAheadHours));
        List<LoadedExperiment> loaded = ExperimentFiles.load(submission.experiments());
        requireWork(submission, loaded);
        FlinkRest cluster = new FlinkRest(submission.flink());
        List<FlinkRest.RunningJob> before = new ArrayList<>();
        List<FlinkRest.RunningJob> others = new ArrayList<>();
        cluster.jobs().forEach(running -> (running.name().equals(job.name()) ? before : others).add(running));
        if (!replace) {
            requireNone(submission, before);
        }
        others.forEach(other -> sayWhatBothCount(job, other.name(), loaded));
        ShowroomTopics.createOn(submission.brokers());
        // What would fail anyway must not end what is at work.
        if (!before.isEmpty() && cluster.overview().slots() < parallelism) {
            throw tooFewSlots(submission, cluster.overview());
        }
        before.forEach(running -> cancel(cluster, running.id()));
        requireSlots(submission);
        String id = submission.send();
        System.out.println(id);
        awaitWork(submission, id);
        return 0;
    }

    /** Flink takes a job whose state it cannot read, too, and would try again and again. */
    private static void awaitWork(JobSubmission submission, String id) {
        FlinkRest flink = new FlinkRest(submission.flink());
        long end = System.nanoTime() + WORK_PATIENCE.toNanos();
        while (!flink.isAtWork(id)) {
            List<String> failure = flink.failure(id);
            if (!failure.isEmpty()) {
                cancel(flink, id);
                throw new CommandProblem("Flink at " + submission.flink() + " has taken the job "
                        + submission.job().name() + ", but it fails, and is cancelled: "
                        + failure.get(failure.size() - 1));
            }
            if (System.nanoTime() > end) {
                System.err.println("The job is still starting after " + WORK_PATIENCE.toSeconds() + " seconds.");
                return;
            }
            pause();
        }
    }

    /** It may be over meanwhile. */
    private static void cancel(FlinkRest flink, String id) {
        if (flink.jobs().stream().anyMatch(job -> job.id().equals(id))) {
            flink.cancel(id);
        }
        long end = System.nanoTime() + WORK_PATIENCE.toNanos();
        while (flink.jobs().stream().anyMatch(job -> job.id().equals(id))) {
            if (System.nanoTime() > end) {
                throw new CommandProblem("the job " + id + " is still there " + WORK_PATIENCE.toSeconds()
                        + " seconds after its cancellation");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandProblem("interrupted while waiting for the cluster", e);
        }
    }

    private NamedJob job() {
        if (name == null) {
            throw wrongUsage("which job? There are: " + NamedJob.allowedNames());
        }
        String wanted = name;
        return NamedJob.of(wanted)
                .orElseThrow(
                        () -> wrongUsage("there is no job '" + wanted + "'; there are: " + NamedJob.allowedNames()));
    }

    private <T> T given(String option, @Nullable T value) {
        if (value == null) {
            throw wrongUsage("Missing required option: '" + option + "'");
        }
        return value;
    }

    private CommandLine.ParameterException wrongUsage(String sentence) {
        return new CommandLine.ParameterException(spec.commandLine(), sentence);
    }

    private static void requireWork(JobSubmission submission, List<LoadedExperiment> loaded) {
        if (submission.job().among(loaded).isEmpty()) {
            throw new CommandProblem("no experiment in " + submission.experiments() + " is one for "
                    + submission.job().name() + ": "
                    + submission.job().description());
        }
    }

    private static void sayWhatBothCount(NamedJob job, String other, List<LoadedExperiment> loaded) {
        String both = NamedJob.of(other).map(running -> running.among(job.among(loaded))).orElse(List.of()).stream()
                .map(experiment -> experiment.experiment().id())
                .collect(Collectors.joining(", "));
        if (!both.isEmpty()) {
            System.err.println("The running job " + other + " counts " + both
                    + " as well: reports of it go by the job that was submitted last, which is this one.");
        }
    }

    /** Flink takes a job that has no room, and lets it wait; task managers of a cluster that has just come up are on their way. */
    private static void requireSlots(JobSubmission submission) {
        FlinkRest flink = new FlinkRest(submission.flink());
        long end = System.nanoTime() + SLOT_PATIENCE.toNanos();
        while (true) {
            FlinkRest.Overview overview = flink.overview();
            if (overview.freeSlots() >= submission.parallelism()) {
                return;
            }
            if (System.nanoTime() > end) {
                throw tooFewSlots(submission, overview);
            }
            pause();
        }
    }

    private static CommandProblem tooFewSlots(JobSubmission submission, FlinkRest.Overview overview) {
        return new CommandProblem(
                "the job " + submission.job().name() + " needs " + submission.parallelism()
                        + " free slots, and the cluster at " + submission.flink() + " has " + overview.freeSlots()
                        + " of "
                        + overview.slots()
                        + "; submit it with a smaller --parallelism, cancel another job, or start the cluster with more --slots");
    }

    /** Two of one name would write the same rows with different numbers. */
    private static void requireNone(JobSubmission submission, List<FlinkRest.RunningJob> ofThatName) {
        for (FlinkRest.RunningJob running : ofThatName) {
            throw new CommandProblem("the job " + running.name() + " is running at " + submission.flink()
                    + " already, as " + running.id() + "; with --replace it is cancelled first");
        }
    }
}
