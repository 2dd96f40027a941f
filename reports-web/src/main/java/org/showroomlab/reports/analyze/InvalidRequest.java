package org.showroomlab.reports.analyze;

/** The body is not {@code {"analyses":[…]}}; the message is one sentence for its sender. */
public final class InvalidRequest extends RuntimeException {

    InvalidRequest(String sentence) {
        super(sentence);
    }
}
