package org.showroomlab.recovery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.checkpoint.CheckpointIDCounter;

/** The next checkpoint's number, which must never be given twice, whoever leads. */
final class FileCheckpointIdCounter implements CheckpointIDCounter {
    private final Path file;
    private long next;

    FileCheckpointIdCounter(Path folder) throws IOException {
        this.file = Files.createDirectories(folder).resolve("next-id");
        this.next = Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : INITIAL_CHECKPOINT_ID;
    }

    @Override
    public void start() {}

    @Override
    public CompletableFuture<Void> shutdown(JobStatus status) {
        try {
            if (status.isGloballyTerminalState()) {
                Files.deleteIfExists(file);
            }
            return CompletableFuture.completedFuture(null);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public synchronized long getAndIncrement() throws IOException {
        long given = next;
        setCount(given + 1);
        return given;
    }

    @Override
    public synchronized long get() {
        return next;
    }

    @Override
    public synchronized void setCount(long count) throws IOException {
        RecordFile.write(file, Long.toString(count).getBytes(StandardCharsets.UTF_8));
        next = count;
    }
}
