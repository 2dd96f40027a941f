package org.showroomlab.recovery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.blob.BlobStoreService;
import org.apache.flink.runtime.checkpoint.CheckpointRecoveryFactory;
import org.apache.flink.runtime.highavailability.AbstractHaServices;
import org.apache.flink.runtime.highavailability.FileSystemApplicationResultStore;
import org.apache.flink.runtime.highavailability.FileSystemJobResultStore;
import org.apache.flink.runtime.jobmanager.ApplicationStore;
import org.apache.flink.runtime.jobmanager.DefaultApplicationStore;
import org.apache.flink.runtime.jobmanager.DefaultExecutionPlanStore;
import org.apache.flink.runtime.jobmanager.ExecutionPlanStore;
import org.apache.flink.runtime.jobmanager.NoOpExecutionPlanStoreWatcher;
import org.apache.flink.runtime.leaderretrieval.DefaultLeaderRetrievalService;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalService;

/** Flink's high availability services over files; one job manager leads, the one that holds the lock. */
@SuppressWarnings("try") // closing may be interrupted; so Flink declares it
final class FileHaServices extends AbstractHaServices {
    private final LeaderFiles leaders;
    private final Path records;
    private final ScheduledExecutorService polling;

    FileHaServices(Configuration configuration, Executor executor, BlobStoreService blobs, Path records)
            throws IOException {
        this(configuration, executor, blobs, records, new LeaderFiles(records.resolve("leaders")), polling());
    }

    private FileHaServices(
            Configuration configuration,
            Executor executor,
            BlobStoreService blobs,
            Path records,
            LeaderFiles leaders,
            ScheduledExecutorService polling)
            throws IOException {
        super(
                configuration,
                listener -> new FileLeaderElectionDriver(leaders, listener, polling),
                executor,
                blobs,
                FileSystemJobResultStore.fromConfiguration(configuration, executor),
                FileSystemApplicationResultStore.fromConfiguration(configuration, executor));
        this.records = records;
        this.leaders = leaders;
        this.polling = polling;
    }

    private static ScheduledExecutorService polling() {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "leader-files");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    protected LeaderRetrievalService createLeaderRetrievalService(String component) {
        return new DefaultLeaderRetrievalService((handler, fatal) ->
                new FileLeaderRetrievalDriver(leaders, component, handler::notifyLeaderAddress, polling));
    }

    @Override
    protected CheckpointRecoveryFactory createCheckpointRecoveryFactory() {
        return new FileCheckpointRecoveryFactory(records.resolve("checkpoints"));
    }

    @Override
    protected ExecutionPlanStore createExecutionPlanStore() throws IOException {
        return new DefaultExecutionPlanStore<>(
                new FileStateHandleStore<>(records.resolve("jobs")),
                NoOpExecutionPlanStoreWatcher.INSTANCE,
                RecordNames.JOBS);
    }

    @Override
    protected ApplicationStore createApplicationStore() throws IOException {
        return new DefaultApplicationStore<>(
                new FileStateHandleStore<>(records.resolve("applications")), RecordNames.APPLICATIONS);
    }

    @Override
    protected void internalClose() {
        polling.shutdownNow();
    }

    @Override
    protected void internalCleanup() throws IOException {
        RecordFile.deleteBelow(records);
    }

    @Override
    protected void internalCleanupJobData(JobID job) throws IOException {
        leaders.delete(getLeaderPathForJobManager(job));
        RecordFile.deleteBelow(records.resolve("checkpoints").resolve(job.toString()));
    }

    @Override
    protected String getLeaderPathForResourceManager() {
        return "resource-manager";
    }

    @Override
    protected String getLeaderPathForDispatcher() {
        return "dispatcher";
    }

    @Override
    protected String getLeaderPathForJobManager(JobID job) {
        return "job-" + job;
    }

    @Override
    protected String getLeaderPathForRestServer() {
        return "rest-server";
    }
}
