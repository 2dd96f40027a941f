package org.showroomlab.jobs.source;

/** Something outside the program that stops it: one sentence for a person, with where. */
public final class InputProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InputProblem(String message) {
        super(message);
    }

    public InputProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
