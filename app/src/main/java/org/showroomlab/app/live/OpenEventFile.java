package org.showroomlab.app.live;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.ingest.simulate.Delivery;
import org.showroomlab.jobs.source.EventFiles;
import org.showroomlab.jobs.source.InputProblem;
import org.showroomlab.jobs.source.LineReader;
import org.showroomlab.jobs.source.ReadProgress;

/** A file of events, its next line, and the one after it; where it is damaged, the problem stands in the place of a line. */
final class OpenEventFile implements Closeable {
    /** A timestamp this far ahead of those before it is a pause in the events, or a broken clock. */
    private static final long LONG_GAP_MILLIS = TimeUnit.DAYS.toMillis(31);

    private record Line(byte[] bytes, RecordAddress address) {
        boolean isAhead(long ofMillis, long byMillis) {
            return address.timestampMillis().stream().anyMatch(millis -> millis - ofMillis > byMillis);
        }
    }

    private final Path path;
    private final LineReader lines;
    private @Nullable Line line;
    private @Nullable Line following;
    private @Nullable InputProblem damage;
    private long nextMillis = Long.MIN_VALUE;

    OpenEventFile(Path path) {
        this.path = path;
        try {
            this.lines = new LineReader(EventFiles.open(path));
        } catch (IOException e) {
            throw problem(e);
        }
        following = read();
    }

    Path path() {
        return path;
    }

    /** The latest time seen in this file, up to and with its next line. */
    long nextMillis() {
        return nextMillis;
    }

    /** Whether there is something to {@link #take}. */
    boolean advance() {
        line = following;
        if (line == null) {
            return damage != null;
        }
        following = read();
        long millis = line.address().timestampMillis().orElse(nextMillis);
        if (millis > nextMillis && isBelievable(line)) {
            nextMillis = millis;
        }
        return true;
    }

    /** After a long gap a time counts when the next line confirms it; the last line's, when it is not in the future. */
    private boolean isBelievable(Line next) {
        if (nextMillis == Long.MIN_VALUE) {
            OptionalLong after = following == null
                    ? OptionalLong.empty()
                    : following.address().timestampMillis();
            return after.isEmpty() || !next.isAhead(after.getAsLong(), LONG_GAP_MILLIS);
        }
        if (!next.isAhead(nextMillis, LONG_GAP_MILLIS)) {
            return true;
        }
        if (next.isAhead(System.currentTimeMillis(), following == null ? 0 : LONG_GAP_MILLIS)) {
            return false;
        }
        return following == null || following.isAhead(nextMillis, LONG_GAP_MILLIS);
    }

    /** The next line that is not blank; what cannot be read is said only after the lines before it were taken. */
    private @Nullable Line read() {
        try {
            byte[] bytes = lines.next();
            while (bytes != null && isBlank(bytes)) {
                bytes = lines.next();
            }
            return bytes == null ? null : new Line(bytes, RecordAddress.of(bytes));
        } catch (IOException e) {
            damage = problem(e);
            return null;
        }
    }

    boolean hasType() {
        return line != null && line.address().type().isPresent();
    }

    /** @throws InputProblem when all lines before the damaged place were taken */
    Delivery take() {
        if (line == null) {
            throw damage == null ? new NoSuchElementException() : damage;
        }
        ReadProgress.addRecords(1);
        RecordAddress address = line.address();
        return new Delivery(nextMillis, address.type().orElse(EventType.VISIT), address.keyBytes(), line.bytes());
    }

    private InputProblem problem(IOException e) {
        return new InputProblem("the file " + path + " cannot be read to its end: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw problem(e);
        }
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
