package org.showroomlab.reports.store;

import java.nio.file.Path;

/** A process of its own that tries to open a store. */
final class OpenFromOutside {
    private OpenFromOutside() {}

    public static void main(String[] args) {
        Path file = Path.of(args[0]);
        try (Store store = args[1].equals("read") ? Store.openToRead(file) : Store.open(file)) {
            System.out.println("opened with " + store.offsets());
        } catch (StoreUnavailable e) {
            System.out.println(e.getMessage());
        }
    }
}
