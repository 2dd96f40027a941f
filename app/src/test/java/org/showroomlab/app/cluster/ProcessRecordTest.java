package org.showroomlab.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A number that belongs to another process now is nobody to end. */
class ProcessRecordTest {
    @TempDir
    Path folder;

    @Test
    void onlyTheSameProcessIsRunning() throws IOException {
        ProcessRecord record = new ProcessRecord(folder.resolve("broker"));
        assertThat(record.running()).isEmpty();
        record.write(ProcessHandle.current());
        assertThat(record.running()).contains(ProcessHandle.current());
        Files.writeString(record.file(), ProcessHandle.current().pid() + "\n2001-01-01T00:00:00Z\n");
        assertThat(record.running()).isEmpty();
        record.delete();
        assertThat(record.running()).isEmpty();
    }

    /** It may end between the looks at it. */
    @Test
    void whatHasEndedIsNotRunning() throws IOException, InterruptedException {
        ProcessHandle ended = ended();
        assertThat(ProcessRecord.isSame(Instant.now(), ended)).isFalse();
        assertThatThrownBy(() -> new ProcessRecord(folder.resolve("broker")).write(ended))
                .isInstanceOf(ClusterFailed.class)
                .hasMessage("it ended as soon as it was started");
    }

    private static ProcessHandle ended() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--version")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.waitFor();
        return process.toHandle();
    }
}
