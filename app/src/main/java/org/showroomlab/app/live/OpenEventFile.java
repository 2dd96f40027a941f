package org.showroomlab.app.live;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.ingest.simulate.Delivery;
import org.showroomlab.jobs.source.InputProblem;
import org.showroomlab.jobs.source.LineReader;
import org.showroomlab.jobs.source.ReadProgress;

/** A file of events and its next line. */
final class OpenEventFile implements Closeable {
    /** A timestamp this far ahead of the one before it is a broken clock, not a pause in the events. */
    private static final long LONGEST_GAP_MILLIS = TimeUnit.DAYS.toMillis(31);

    private final Path path;
    private final LineReader lines;
    private byte @Nullable [] line;
    private RecordAddress address = RecordAddress.of(new byte[0]);
    private long nextMillis = Long.MIN_VALUE;

    OpenEventFile(Path path) {
        this.path = path;
        try {
            var in = ReadProgress.count(Files.newInputStream(path));
            this.lines = new LineReader(path.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in);
        } catch (IOException e) {
            throw problem(e);
        }
    }

    Path path() {
        return path;
    }

    /** The latest time seen in this file, up to and with its next line. */
    long nextMillis() {
        return nextMillis;
    }

    boolean advance() {
        try {
            line = lines.next();
            while (line != null && isBlank(line)) {
                line = lines.next();
            }
        } catch (IOException e) {
            throw problem(e);
        }
        if (line == null) {
            return false;
        }
        address = RecordAddress.of(line);
        long millis = address.timestampMillis().orElse(nextMillis);
        boolean believable = nextMillis == Long.MIN_VALUE || millis - nextMillis <= LONGEST_GAP_MILLIS;
        nextMillis = believable ? Math.max(nextMillis, millis) : nextMillis;
        return true;
    }

    boolean hasType() {
        return address.type().isPresent();
    }

    Delivery take() {
        if (line == null) {
            throw new NoSuchElementException();
        }
        ReadProgress.addRecords(1);
        return new Delivery(nextMillis, address.type().orElse(EventType.VISIT), address.keyBytes(), line);
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
