package org.showroomlab.reports.verify;

/** Something that keeps a verification from being done: one sentence for a person. */
public final class VerifyProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VerifyProblem(String sentence) {
        super(sentence);
    }

    VerifyProblem(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
