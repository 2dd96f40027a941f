package org.showroomlab.app.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.flow.CountingJob;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.run.JobEnvironment;
import org.showroomlab.jobs.run.NamedJob;
import org.showroomlab.jobs.source.EventSources;
import org.showroomlab.jobs.source.ResultSinks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The counting job on a Flink cluster in this process: events from the topics, results to the topics. */
public final class EmbeddedJob implements AutoCloseable {
    /** A checkpoint writes all state, whatever changed, and no result waits for one: it only shortens what a restart repeats. */
    public static final long CHECKPOINT_MILLIS = 30_000;

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedJob.class);
    private static final int STOP_SECONDS = 20;
    private static final NamedJob COUNTING =
            NamedJob.of(ResultCodec.DEFAULT_JOB).orElseThrow();

    private final JobClient client;

    private EmbeddedJob(JobClient client) {
        this.client = client;
    }

    /** Starts the job that counts all these experiments. */
    public static EmbeddedJob start(
            String brokers, List<LoadedExperiment> experiments, Path checkpoints, int parallelism) {
        return start(COUNTING, brokers, experiments, checkpoints, parallelism);
    }

    /** Starts a named job over those of the experiments that it counts. */
    public static EmbeddedJob start(
            NamedJob named, String brokers, List<LoadedExperiment> experiments, Path checkpoints, int parallelism) {
        StreamExecutionEnvironment env = JobEnvironment.embedded(parallelism);
        env.enableCheckpointing(CHECKPOINT_MILLIS);
        Configuration configuration = new Configuration();
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        env.configure(configuration);
        CountingJob.Options options = CountingJob.Options.LIVE.withJob(named.name());
        CountingJob job = new CountingJob(named.among(experiments), options);
        ResultSinks.toTopics(
                job.count(
                        EventSources.topics(env, brokers, "showroom-" + named.name(), options.clockAheadMillis()),
                        EventSources.TOPICS),
                brokers);
        try {
            return new EmbeddedJob(env.executeAsync("showroom-" + named.name()));
        } catch (Exception e) {
            throw new IllegalStateException("the job could not be started", e);
        }
    }

    @Override
    public void close() {
        try {
            client.cancel().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            LOG.warn("the job did not stop in order", e);
        }
    }
}
