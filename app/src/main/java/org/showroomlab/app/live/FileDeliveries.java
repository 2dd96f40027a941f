package org.showroomlab.app.live;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.showroomlab.ingest.simulate.Delivery;
import org.showroomlab.jobs.source.InputProblem;

/**
 * The lines of event files as records for Kafka: each file in its order, and the files merged by the time of their next
 * lines. A line without a readable type goes where visits go, so that the job sets it aside and counts it.
 */
public final class FileDeliveries implements Iterator<Delivery>, Closeable {
    private final PriorityQueue<OpenEventFile> files;
    private long withoutType;

    private FileDeliveries(PriorityQueue<OpenEventFile> files) {
        this.files = files;
    }

    /**
     * Opens the files.
     *
     * @throws InputProblem when one cannot be read
     */
    public static FileDeliveries of(List<Path> paths) {
        PriorityQueue<OpenEventFile> files = new PriorityQueue<>(
                Comparator.comparingLong(OpenEventFile::nextMillis).thenComparing(OpenEventFile::path));
        FileDeliveries deliveries = new FileDeliveries(files);
        try {
            for (Path path : paths) {
                deliveries.putBack(new OpenEventFile(path));
            }
            return deliveries;
        } catch (InputProblem e) {
            deliveries.close();
            throw e;
        }
    }

    /** How many lines so far had no readable type. */
    public long withoutType() {
        return withoutType;
    }

    @Override
    public boolean hasNext() {
        return !files.isEmpty();
    }

    /** @throws InputProblem when a file cannot be read to its end and this is the turn of what cannot be read */
    @Override
    public Delivery next() {
        OpenEventFile file = files.poll();
        if (file == null) {
            throw new NoSuchElementException();
        }
        Delivery delivery = take(file);
        withoutType += file.hasType() ? 0 : 1;
        putBack(file);
        return delivery;
    }

    private static Delivery take(OpenEventFile file) {
        try {
            return file.take();
        } catch (InputProblem e) {
            file.close();
            throw e;
        }
    }

    private void putBack(OpenEventFile file) {
        if (file.advance()) {
            files.add(file);
        } else {
            file.close();
        }
    }

    @Override
    public void close() {
        files.forEach(OpenEventFile::close);
        files.clear();
    }
}
