package org.showroomlab.ingest.event;

import java.math.BigDecimal;

/** The value of one free attribute: text or a decimal number. */
public sealed interface AttributeValue {

    /** A text attribute. */
    record Text(String value) implements AttributeValue {}

    /** A numeric attribute, already rounded half-even to {@link Decimal6#DECIMAL_PLACES} decimal places. */
    record Numeric(BigDecimal value) implements AttributeValue {}
}
