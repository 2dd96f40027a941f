package org.showroomlab.app.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A process in a file: its number and when it was started, since numbers are used again. */
record ProcessRecord(Path file) {
    /** Systems work the start out from the time since they were booted; a corrected clock moves it a little. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);

    /** @throws ClusterFailed when the process has ended already, or the system does not tell when it was started */
    void write(ProcessHandle process) {
        Instant started = startOf(process)
                .orElseThrow(() -> new ClusterFailed(
                        process.isAlive()
                                ? "this system does not tell when a process was started"
                                : "it ended as soon as it was started"));
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Files.writeString(unfinished, process.pid() + "\n" + started + "\n");
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process, when it lives and is still the one that was written down. */
    Optional<ProcessHandle> running() {
        try {
            String[] lines = Files.readString(file).split("\n", -1);
            if (lines.length < 2) {
                // A machine that lost its power may leave an empty file.
                return Optional.empty();
            }
            Instant started = Instant.parse(lines[1]);
            return ProcessHandle.of(Long.parseLong(lines[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> isSame(started, process));
        } catch (NoSuchFileException | NumberFormatException | DateTimeException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that has ended since it was looked up has no start any more. */
    static boolean isSame(Instant started, ProcessHandle process) {
        return startOf(process)
                .map(start -> Duration.between(started, start).abs())
                .filter(apart -> apart.compareTo(CLOCK_TOLERANCE) <= 0)
                .isPresent();
    }

    private static Optional<Instant> startOf(ProcessHandle process) {
        return process.info().startInstant();
    }
}
