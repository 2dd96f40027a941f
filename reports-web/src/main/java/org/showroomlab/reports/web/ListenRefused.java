package org.showroomlab.reports.web;

/** An address at which the application will not or cannot listen, with one sentence that says why. */
public final class ListenRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ListenRefused(String sentence) {
        super(sentence);
    }

    ListenRefused(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
