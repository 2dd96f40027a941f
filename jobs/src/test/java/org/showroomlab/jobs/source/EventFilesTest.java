package org.showroomlab.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
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

    /** Some programs begin every text file with one; it would make the first record malformed. */
    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
        for (String rest : List.of("{}\n\ufeff{}\n", "", "{", "\ufeff")) {
            Path plain = Files.writeString(folder.resolve("plain.ndjson"), "\ufeff" + rest);
            Path zipped = folder.resolve("zipped.ndjson.gz");
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
                out.write(Files.readAllBytes(plain));
            }
            assertThat(read(plain)).isEqualTo(rest);
            assertThat(read(zipped)).isEqualTo(rest);
        }
        for (String unmarked : List.of("", "{", "{}", "{}\n{}", "\ufeae{}")) {
            assertThat(read(Files.writeString(folder.resolve("none.ndjson"), unmarked)))
                    .isEqualTo(unmarked);
        }
    }

    private static String read(Path file) throws IOException {
        try (InputStream in = EventFiles.open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
