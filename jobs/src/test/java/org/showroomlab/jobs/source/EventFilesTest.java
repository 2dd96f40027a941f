package org.showroomlab.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFilesTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aFileThatIsGivenTwiceIsReadOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("events.ndjson"), "{}");
        Path other = Files.writeString(folder.resolve("more.ndjson"), "{}");
        assertThat(EventFiles.among(List.of(folder, file, folder.resolve(".").resolve("events.ndjson"))))
                .hasSize(2)
                .contains(other);
    }
}
