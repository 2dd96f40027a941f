package org.showroomlab.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.leaderelection.LeaderInformation;
import org.apache.flink.runtime.persistence.IntegerResourceVersion;
import org.apache.flink.runtime.persistence.StateHandleStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one job manager wrote, the next one reads. */
class FileRecordsTest {
    @TempDir
    Path folder;

    @Test
    void anObjectIsThereForTheNextProcess() throws Exception {
        FileStateHandleStore<String> store = new FileStateHandleStore<>(folder);
        store.addAndLock("b", "second");
        store.addAndLock("a", "first");
        assertThatThrownBy(() -> store.addAndLock("a", "again"))
                .isInstanceOf(StateHandleStore.AlreadyExistException.class);
        Files.writeString(folder.resolve("c.unfinished"), "a process died here");

        FileStateHandleStore<String> next = new FileStateHandleStore<>(folder);
        assertThat(next.getAllHandles()).containsExactly("a", "b");
        assertThat(next.getAllAndLock().get(0).f0.retrieveState()).isEqualTo("first");
        next.replace("a", next.exists("a"), "changed");
        assertThat(next.getAndLock("a").retrieveState()).isEqualTo("changed");
        next.releaseAndTryRemove("a");
        assertThat(next.exists("a")).isEqualTo(IntegerResourceVersion.notExisting());
        assertThatThrownBy(() -> next.getAndLock("a")).isInstanceOf(StateHandleStore.NotExistException.class);
    }

    @Test
    void aCheckpointNumberIsNeverGivenTwice() throws Exception {
        FileCheckpointIdCounter counter = new FileCheckpointIdCounter(folder);
        assertThat(counter.getAndIncrement()).isEqualTo(1);
        assertThat(counter.getAndIncrement()).isEqualTo(2);
        FileCheckpointIdCounter next = new FileCheckpointIdCounter(folder);
        assertThat(next.getAndIncrement()).isEqualTo(3);
        next.shutdown(JobStatus.SUSPENDED).get();
        assertThat(new FileCheckpointIdCounter(folder).get()).isEqualTo(4);
        next.shutdown(JobStatus.CANCELED).get();
        assertThat(new FileCheckpointIdCounter(folder).get()).isEqualTo(1);
    }

    @Test
    void theLeaderIsKnownToOthers() throws Exception {
        LeaderFiles leaders = new LeaderFiles(folder);
        assertThat(leaders.read("dispatcher")).isEqualTo(LeaderInformation.empty());
        LeaderInformation leader = LeaderInformation.known(UUID.randomUUID(), "pekko.tcp://flink@127.0.0.1:6123/rpc");
        leaders.write("dispatcher", leader);
        assertThat(new LeaderFiles(folder).read("dispatcher")).isEqualTo(leader);
        leaders.write("dispatcher", LeaderInformation.empty());
        assertThat(leaders.read("dispatcher")).isEqualTo(LeaderInformation.empty());
        FileLock lock = leaders.tryLock();
        assertThat(lock).isNotNull();
        Objects.requireNonNull(lock).acquiredBy().close();
    }
}
