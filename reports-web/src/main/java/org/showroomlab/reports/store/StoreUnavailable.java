package org.showroomlab.reports.store;

/** A database file that cannot be used, with one sentence that says why and what to do. */
public final class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreUnavailable(String sentence) {
        super(sentence);
    }

    StoreUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
