package org.showroomlab.recovery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.Executor;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.checkpoint.CheckpointIDCounter;
import org.apache.flink.runtime.checkpoint.CheckpointRecoveryFactory;
import org.apache.flink.runtime.checkpoint.CompletedCheckpoint;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStore;
import org.apache.flink.runtime.checkpoint.DefaultCompletedCheckpointStore;
import org.apache.flink.runtime.checkpoint.DefaultCompletedCheckpointStoreUtils;
import org.apache.flink.runtime.state.SharedStateRegistryFactory;

/** Which checkpoints of a job are complete and which number the next one has, in the job's folder. */
final class FileCheckpointRecoveryFactory implements CheckpointRecoveryFactory {
    private final Path folder;

    FileCheckpointRecoveryFactory(Path folder) {
        this.folder = folder;
    }

    @Override
    public CompletedCheckpointStore createRecoveredCompletedCheckpointStore(
            JobID job,
            int retained,
            SharedStateRegistryFactory sharedStates,
            Executor ioExecutor,
            RecoveryClaimMode claimMode)
            throws Exception {
        FileStateHandleStore<CompletedCheckpoint> store =
                new FileStateHandleStore<>(ofJob(job).resolve("completed"));
        Collection<CompletedCheckpoint> completed =
                DefaultCompletedCheckpointStoreUtils.retrieveCompletedCheckpoints(store, RecordNames.CHECKPOINTS);
        return new DefaultCompletedCheckpointStore<>(
                retained,
                store,
                RecordNames.CHECKPOINTS,
                completed,
                sharedStates.create(ioExecutor, completed, claimMode),
                ioExecutor);
    }

    @Override
    public CheckpointIDCounter createCheckpointIDCounter(JobID job) throws IOException {
        return new FileCheckpointIdCounter(ofJob(job));
    }

    private Path ofJob(JobID job) {
        return folder.resolve(job.toString());
    }
}
