package org.showroomlab.app.crash;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.showroomlab.app.live.FileDeliveries;

/**
 * A part of a quarter: of all its files the lines of the same time.
 *
 * @param events file with the lines
 * @param linesUpToIts lines of this part and of all before it
 */
record Portion(Path events, long linesUpToIts) {
    /** Cuts files into so many parts of about as many lines each, in the order in which they would be sent at once. */
    static List<Portion> cut(List<Path> files, long lines, int count, Path into) throws IOException {
        Files.createDirectories(into);
        List<Portion> portions = new ArrayList<>();
        try (FileDeliveries deliveries = FileDeliveries.of(files)) {
            long written = 0;
            for (int number = 1; number <= count; number++) {
                Path file = into.resolve("portion-" + number + ".ndjson");
                long end = lines * number / count;
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                    for (; written < end && deliveries.hasNext(); written++) {
                        out.write(deliveries.next().value());
                        out.write('\n');
                    }
                }
                portions.add(new Portion(file, written));
            }
        }
        return portions;
    }
}
