package org.showroomlab.jobs.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/** The event files among paths given by a person. */
public final class EventFiles {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private EventFiles() {}

    /**
     * Every given file, and every {@code *.ndjson} and {@code *.ndjson.gz} below every given folder; each once, in order
     * of their paths.
     *
     * @throws InputProblem when a path cannot be read or holds no event file
     */
    public static List<Path> among(List<Path> paths) {
        TreeSet<Path> files = new TreeSet<>();
        for (Path path : paths) {
            files.addAll(Files.isDirectory(path) ? inFolder(path) : List.of(path));
        }
        Set<Path> met = new HashSet<>();
        files.removeIf(file -> !met.add(place(file)));
        for (Path file : files) {
            checkReadable(file);
        }
        return new ArrayList<>(files);
    }

    /** The bytes of an event file, unpacked where it is gzip; a byte order mark at its start is no part of its first line. */
    public static InputStream open(Path file) throws IOException {
        InputStream counted = ReadProgress.count(Files.newInputStream(file));
        InputStream bytes = file.toString().endsWith(".gz") ? new GZIPInputStream(counted, BUFFER_BYTES) : counted;
        PushbackInputStream in = new PushbackInputStream(bytes, BYTE_ORDER_MARK.length);
        byte[] start = in.readNBytes(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(start, BYTE_ORDER_MARK)) {
            in.unread(start);
        }
        return in;
    }

    private static List<Path> inFolder(Path folder) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(
                    folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            if (attributes.isRegularFile() && isEventFile(file)) {
                                found.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                            // A link to a folder above it adds nothing.
                            if (e instanceof FileSystemLoopException) {
                                return FileVisitResult.CONTINUE;
                            }
                            throw e;
                        }
                    });
        } catch (IOException e) {
            throw new InputProblem("the folder " + folder + " cannot be read", e);
        }
        if (found.isEmpty()) {
            throw new InputProblem("no events in " + folder + ": it has no *.ndjson or *.ndjson.gz file");
        }
        return found;
    }

    /** Where the file lies, whatever links lead there. */
    private static Path place(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }

    private static boolean isEventFile(Path file) {
        String name = file.getFileName().toString();
        // Our own dead letters may lie beside the events; they are not events.
        return (name.endsWith(".ndjson") || name.endsWith(".ndjson.gz")) && !name.startsWith("dead-letters.");
    }

    private static void checkReadable(Path file) {
        if (!Files.exists(file)) {
            throw new InputProblem("there is no file or folder " + file);
        }
        if (!Files.isRegularFile(file)) {
            throw new InputProblem(file + " is no file but a pipe or a device; allowed: files and folders");
        }
        try (var in = Files.newInputStream(file)) {
            in.read();
        } catch (IOException e) {
            throw new InputProblem("the file " + file + " cannot be read", e);
        }
    }
}
