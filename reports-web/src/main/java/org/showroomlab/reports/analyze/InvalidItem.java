package org.showroomlab.reports.analyze;

/** One analysis has an input that is not allowed; the message names the field and what is. */
final class InvalidItem extends RuntimeException {

    InvalidItem(String sentence) {
        super(sentence);
    }
}
