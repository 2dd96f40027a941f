package org.showroomlab.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @Test
    void whatAFolderLinksToBelongsToIt() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("events.ndjson"), "{}");
        Path given = Files.createDirectory(folder.resolve("given"));
        Files.createSymbolicLink(given.resolve("month"), elsewhere);
        Path link = Files.createSymbolicLink(folder.resolve("link"), given);
        assertThat(EventFiles.among(List.of(link))).containsExactly(link.resolve("month/events.ndjson"));
    }

    @Test
    void aPipeIsRefusedBeforeAByteOfItIsGone() {
        Path device = Path.of("/dev/null");
        assertThatThrownBy(() -> EventFiles.among(List.of(device)))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining("allowed: files and folders");
    }

    @Test
    void twoWaysToAFileAreOne() throws IOException {
        Path month = Files.createDirectory(folder.resolve("2026-03"));
        Files.writeString(month.resolve("events.ndjson"), "{}");
        Files.createSymbolicLink(folder.resolve("latest"), month);
        Files.createSymbolicLink(month.resolve("up"), folder);
        assertThat(EventFiles.among(List.of(folder))).containsExactly(month.resolve("events.ndjson"));
    }
}
