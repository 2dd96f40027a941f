package org.showroomlab.jobs.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
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
 * HOST:PORT --experiments DIR [--job NAME] [--checkpoint-millis N]}. The experiment files are read where this is called;
 * their texts travel in the graph.
 */
public final class CountingMain {
    private static final long CHECKPOINT_MILLIS = 5_000;

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
        CountingJob counting = new CountingJob(experiments, CountingJob.Options.LIVE);
        ResultSinks.toTopics(
                counting.count(EventSources.topics(env, brokers, "showroom-" + job.name()), EventSources.TOPICS),
                brokers);
        env.execute(job.name());
    }

    private static NamedJob job(String name) {
        return NamedJob.of(name)
                .orElseThrow(() -> new InputProblem("--job is '" + name + "'; allowed: " + NamedJob.allowedNames()));
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
