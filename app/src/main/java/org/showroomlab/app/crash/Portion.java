package org.showroomlab.app.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A part of a quarter: of each of its files the lines of about the same time.
 *
 * @param files folder with the lines
 * @param linesUpToIts lines of this part and of all before it
 */
record Portion(Path files, long linesUpToIts) {
    /**
     * Cuts the files of a folder at ends of lines.
     *
     * @param into folder that gets a folder for each portion
     */
    static List<Portion> cut(Path events, int count, Path into) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(events)) {
            files = listed.sorted().toList();
        }
        List<Portion> portions = new ArrayList<>();
        int[] from = new int[files.size()];
        long lines = 0;
        for (int number = 1; number <= count; number++) {
            Path folder = Files.createDirectories(into.resolve("portion-" + number));
            for (int i = 0; i < from.length; i++) {
                byte[] all = Files.readAllBytes(files.get(i));
                int to = endOfLineFrom(all, Math.max(from[i], (int) ((long) all.length * number / count)));
                byte[] part = Arrays.copyOfRange(all, from[i], to);
                Files.write(folder.resolve(files.get(i).getFileName()), part);
                lines += linesOf(part);
                from[i] = to;
            }
            portions.add(new Portion(folder, lines));
        }
        return portions;
    }

    private static int endOfLineFrom(byte[] all, int from) {
        int end = from;
        while (end < all.length && end > 0 && all[end - 1] != '\n') {
            end++;
        }
        return end;
    }

    private static long linesOf(byte[] part) {
        long lines = 0;
        for (byte each : part) {
            lines += each == '\n' ? 1 : 0;
        }
        return lines;
    }
}
