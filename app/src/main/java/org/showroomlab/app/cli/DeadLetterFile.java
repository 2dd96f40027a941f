package org.showroomlab.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import org.showroomlab.jobs.results.DeadLetterRow;

/** The file {@code dead-letters.ndjson}: one object per record that was set aside, its bytes in base64. */
final class DeadLetterFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DeadLetterFile() {}

    /** Replaces the file whole; without letters there is none. */
    static void write(Path file, List<DeadLetterRow> letters) {
        try {
            if (letters.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            Path unfinished = file.resolveSibling(file.getFileName() + ".part");
            try (OutputStream out = Files.newOutputStream(unfinished)) {
                writeAll(out, letters);
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CommandProblem("the file " + file + " cannot be written: " + FileTrouble.reason(e), e);
        }
    }

    private static void writeAll(OutputStream out, List<DeadLetterRow> letters) throws IOException {
        List<DeadLetterRow> ordered = letters.stream()
                .sorted(Comparator.comparing(DeadLetterRow::source)
                        .thenComparingInt(l -> l.position().length())
                        .thenComparing(DeadLetterRow::position))
                .toList();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.setRootValueSeparator(null);
            for (DeadLetterRow letter : ordered) {
                write(json, letter);
                json.writeRaw('\n');
            }
        }
    }

    private static void write(JsonGenerator json, DeadLetterRow letter) throws IOException {
        json.writeStartObject();
        json.writeStringField("source", letter.source());
        json.writeStringField("position", letter.position());
        json.writeStringField("reason", letter.code());
        if (letter.field() != null) {
            json.writeStringField("field", letter.field());
        }
        json.writeStringField("detail", letter.detail());
        json.writeBinaryField("bytes_base64", letter.bytes());
        json.writeEndObject();
    }
}
