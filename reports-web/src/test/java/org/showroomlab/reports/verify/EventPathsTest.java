package org.showroomlab.reports.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventPathsTest {
    @TempDir
    Path folder = Path.of("");

    /** As a run reads it. */
    @Test
    void aFileThatIsGivenTwiceIsReadOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("events.ndjson"), "{}");
        assertThat(EventPaths.among(List.of(folder, file, folder.resolve(".").resolve("events.ndjson"))))
                .hasSize(1);
    }

    @Test
    void whatAFolderLinksToBelongsToIt() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("events.ndjson"), "{}");
        Path given = Files.createDirectory(folder.resolve("given"));
        Files.createSymbolicLink(given.resolve("month"), elsewhere);
        assertThat(EventPaths.among(List.of(given))).containsExactly(given.resolve("month/events.ndjson"));
    }

    @Test
    void twoWaysToAFileAreOne() throws IOException {
        Path month = Files.createDirectory(folder.resolve("2026-03"));
        Files.writeString(month.resolve("events.ndjson"), "{}");
        Files.createSymbolicLink(folder.resolve("latest"), month);
        Files.createSymbolicLink(month.resolve("up"), folder);
        assertThat(EventPaths.among(List.of(folder))).containsExactly(month.resolve("events.ndjson"));
    }
}
