package org.showroomlab.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
