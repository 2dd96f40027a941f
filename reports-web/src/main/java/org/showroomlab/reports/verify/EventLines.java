package org.showroomlab.reports.verify;

import com.dynatrace.hash4j.hashing.Hashing;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.zip.GZIPInputStream;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Brings the lines of event files into the table {@code records}, as they are: as a text, or as bytes where they are none.
 * Judging them is the SQL's part.
 */
final class EventLines {
    /** Longer records are dead letters whatever they hold. */
    private static final int MAX_RECORD_BYTES = 1 << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    private final DuckDBAppender records;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private long record;

    EventLines(DuckDBAppender records) {
        this.records = records;
    }

    /** Appends the file's lines and says how many records have been appended so far. */
    long append(Path file) throws SQLException {
        try (InputStream in = open(file)) {
            skipByteOrderMark(in);
            String source = EventPaths.sourceOf(file);
            long number = 0;
            for (byte[] line = nextLine(in); line != null; line = nextLine(in)) {
                number++;
                if (!isBlank(line)) {
                    append(source, number, line);
                }
            }
            return record;
        } catch (IOException e) {
            throw new VerifyProblem("the file " + file + " cannot be read to its end (" + e.getMessage() + ")", e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        boolean zipped = file.toString().endsWith(".gz");
        return new BufferedInputStream(zipped ? new GZIPInputStream(in, BUFFER_BYTES) : in, BUFFER_BYTES);
    }

    private static void skipByteOrderMark(InputStream in) throws IOException {
        in.mark(3);
        if (in.read() != 0xEF || in.read() != 0xBB || in.read() != 0xBF) {
            in.reset();
        }
    }

    private void append(String source, long number, byte[] line) throws SQLException {
        records.beginRow();
        records.append(++record);
        records.append(source);
        records.append(number);
        // With its top bit flipped the unsigned hash keeps its order as a signed number.
        records.append(Hashing.xxh3_64().hashBytesToLong(line) ^ Long.MIN_VALUE);
        String text = textOf(line);
        if (text == null) {
            records.appendNull();
            records.append(line);
        } else {
            records.append(text);
            records.appendNull();
        }
        records.append(line.length > MAX_RECORD_BYTES);
        records.endRow();
    }

    /** The record's text; {@code null} when it is too long or not UTF-8, so that it can be no event. */
    private @Nullable String textOf(byte[] line) {
        if (line.length > MAX_RECORD_BYTES) {
            return null;
        }
        try {
            return utf8.decode(ByteBuffer.wrap(line)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The next line without its LF or CR LF; {@code null} at the end. */
    private static byte @Nullable [] nextLine(InputStream in) throws IOException {
        int next = in.read();
        if (next < 0) {
            return null;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = in.read();
        }
        byte[] bytes = line.toByteArray();
        boolean carriageReturn = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return carriageReturn ? java.util.Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
