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

    void write(ProcessHandle process) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Files.writeString(unfinished, process.pid() + "\n" + startOf(process) + "\n");
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

    private static boolean isSame(Instant started, ProcessHandle process) {
        Duration apart = Duration.between(started, startOf(process)).abs();
        return apart.compareTo(CLOCK_TOLERANCE) <= 0;
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info()
                .startInstant()
                .orElseThrow(() -> new ClusterFailed("this system does not tell when a process was started"));
    }
}
