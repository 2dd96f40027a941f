package org.showroomlab.ingest.simulate;

/** A scenario file that cannot be accepted; the message says file, line, key and what is allowed. */
public final class InvalidScenario extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidScenario(String message) {
        super(message);
    }
}
