package org.showroomlab.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a rendered report goes. */
final class Output {
    private Output() {}

    /** Writes to the file, or to standard output when there is none. */
    static void write(byte[] content, @Nullable Path file) {
        if (file == null) {
            System.out.writeBytes(content);
            System.out.flush();
            return;
        }
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new CommandProblem("the file " + file + " cannot be written: " + FileTrouble.reason(e), e);
        }
    }
}
