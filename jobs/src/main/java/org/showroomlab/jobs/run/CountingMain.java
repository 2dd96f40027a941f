package org.showroomlab.jobs.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.flow.CountingJob;
import org.showroomlab.jobs.source.EventSources;
import org.showroomlab.jobs.source.InputProblem;
import org.showroomlab.jobs.source.ResultSinks;

/**
 * The counting job on a cluster: {@code flink run -c org.showroomlab.jobs.run.CountingMain showroom-jobs.jar --brokers
 * HOST:PORT --experiments DIR [--job NAME] [--checkpoint-millis N] [--state heap|rocksdb] [--lateness-days N]
 * [--clock-ahead-hours N]}. The experiment files are read where this is called; their texts travel in the graph.
 */
public final class CountingMain {
    private static final long CHECKPOINT_MILLIS = 5_000;
    /** Of lateness, and of a clock that is ahead. */
    public static final int MOST_DAYS = 3_650;

    private static final Map<String, String> STATE_BACKENDS = Map.of("heap", "hashmap", "rocksdb", "rocksdb");

    private CountingMain() {}

    public static void main(String[] arguments) throws Exception {
        ParameterTool parameters = ParameterTool.fromArgs(arguments);
        NamedJob job = job(parameters.get("job", "counting"));
        String brokers = parameters.getRequired("brokers");
        List<LoadedExperiment> experiments =
                job.among(ExperimentFiles.load(Path.of(parameters.getRequired("experiments"))));
        StreamExecutionEnvironment env =
                JobEnvironment.configured(StreamExecutionEnvironment.getExecutionEnvironment());
        env.configure(checkpoints(parameters.getLong("checkpoint-millis", CHECKPOINT_MILLIS)));
        env.configure(stateBackend(parameters));
        CountingJob.Options options =
                options(parameters, env.getConfiguration()).withJob(job.name());
        CountingJob counting = new CountingJob(experiments, options);
        ResultSinks.toTopics(
                counting.count(
                        EventSources.topics(env, brokers, "showroom-" + job.name(), options.clockAheadMillis()),
                        EventSources.TOPICS),
                brokers);
        env.execute(job.name());
    }

    private static NamedJob job(String name) {
        return NamedJob.of(name)
                .orElseThrow(() -> new InputProblem("--job is '" + name + "'; allowed: " + NamedJob.allowedNames()));
    }

    /** The state backend that the arguments ask for; nothing when they leave it to the cluster. */
    static Configuration stateBackend(ParameterTool parameters) {
        Configuration configuration = new Configuration();
        if (parameters.has("state")) {
            String name = parameters.get("state");
            String backend = STATE_BACKENDS.get(name);
            if (backend == null) {
                throw new InputProblem("--state is '" + name + "'; allowed: heap, rocksdb");
            }
            configuration.set(StateBackendOptions.STATE_BACKEND, backend);
        }
        return configuration;
    }

    /** How the job counts, given the arguments and the configuration that it will run with. */
    static CountingJob.Options options(ParameterTool parameters, ReadableConfig configuration) {
        CountingJob.Options options = CountingJob.Options.LIVE
                .withLateness(Duration.ofDays(
                        bounded(parameters, "lateness-days", CountingJob.Options.DEFAULT_LATENESS.toDays(), MOST_DAYS)))
                .withClockAhead(Duration.ofHours(bounded(
                        parameters,
                        "clock-ahead-hours",
                        CountingJob.Options.DEFAULT_CLOCK_AHEAD.toHours(),
                        24L * MOST_DAYS)));
        boolean onHeap = configuration
                .get(StateBackendOptions.STATE_BACKEND)
                .toLowerCase(Locale.ROOT)
                .contains("hashmap");
        return onHeap ? options : options.withFineState();
    }

    private static long bounded(ParameterTool parameters, String name, long otherwise, long most) {
        String given = parameters.get(name, Long.toString(otherwise));
        try {
            long value = Long.parseLong(given);
            if (value >= 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below, like a number out of range
        }
        throw new InputProblem("--" + name + " is '" + given + "'; allowed: 0 to " + most);
    }

    private static Configuration checkpoints(long millis) {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(millis));
        // A cancelled job can be started again from where it was.
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        // While the brokers are away no checkpoint completes; that is no reason to stop counting.
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
        return configuration;
    }
}
