package org.showroomlab.ingest.event;

import java.math.BigDecimal;

/** The value of one free attribute: text or a decimal number. */
public sealed interface AttributeValue {

    /** A text attribute. */
    record Text(String value) implements AttributeValue {}

    /** A numeric attribute, already rounded half-even to {@link Decimal6#DECIMAL_PLACES} decimal places. */
    record Numeric(BigDecimal value) implements AttributeValue {}

    /**
     * A number with more than {@value #MAX_LESSER_DIGITS} digits before the decimal point, in its shortest spelling: no metric
     * can read it, and no number of an experiment file is equal to it.
     */
    record Huge(String shortest) implements AttributeValue {
        public static final int MAX_LESSER_DIGITS = 100;
    }
}
