package org.showroomlab.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.showroomlab.reports.store.Store;

/** A database that is to be shown must be there already: a mistyped name must not make an empty one. */
final class ExistingStore {
    private ExistingStore() {}

    /** Other processes may read it at the same time. */
    static Store openToRead(Path file) {
        if (!Files.exists(file)) {
            throw new CommandProblem("there is no database " + file + "; ./showroom run makes one");
        }
        return Store.openToRead(file);
    }
}
