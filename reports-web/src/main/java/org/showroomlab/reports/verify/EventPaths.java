package org.showroomlab.reports.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The event files that a person means by some paths: the same ones as {@code run} counts. */
final class EventPaths {
    private EventPaths() {}

    static List<Path> among(List<Path> paths) {
        TreeSet<Path> files = new TreeSet<>();
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new VerifyProblem("there is no file or folder " + path);
            }
            if (Files.isDirectory(path)) {
                files.addAll(below(path));
            } else {
                files.add(path);
            }
        }
        Set<String> met = new HashSet<>();
        files.removeIf(file -> !met.add(real(file)));
        return new ArrayList<>(files);
    }

    private static List<Path> below(Path folder) {
        List<Path> found = new ArrayList<>();
        collect(folder, new ArrayList<>(), found);
        if (found.isEmpty()) {
            throw new VerifyProblem("no events in " + folder + ": it has no *.ndjson or *.ndjson.gz file");
        }
        return found;
    }

    /** Links are followed, but for one to a folder above it. */
    private static void collect(Path folder, List<Path> above, List<Path> found) {
        List<Path> inside;
        Path here;
        try (Stream<Path> entries = Files.list(folder)) {
            here = folder.toRealPath();
            inside = entries.toList();
        } catch (IOException | UncheckedIOException e) {
            throw new VerifyProblem("the folder " + folder + " cannot be read", e);
        }
        if (above.contains(here)) {
            return;
        }
        above.add(here);
        for (Path entry : inside) {
            if (Files.isDirectory(entry)) {
                collect(entry, above, found);
            } else if (Files.isRegularFile(entry)
                    && holdsEvents(entry.getFileName().toString())) {
                found.add(entry);
            }
        }
        above.remove(here);
    }

    private static String real(Path file) {
        try {
            return file.toRealPath().toString();
        } catch (IOException e) {
            return sourceOf(file);
        }
    }

    private static boolean holdsEvents(String name) {
        return (name.endsWith(".ndjson") || name.endsWith(".ndjson.gz")) && !name.startsWith("dead-letters.");
    }

    /** The name under which a file's records are accounted. */
    static String sourceOf(Path file) {
        return file.toAbsolutePath().normalize().toString();
    }
}
