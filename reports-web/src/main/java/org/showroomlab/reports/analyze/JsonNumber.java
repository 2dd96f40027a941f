package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * A number as it stands in the request, without rounding. Beyond the range of a double, or with more than {@link
 * #MOST_PLACES} places, it is refused: exact arithmetic on 1e999999 would need a megabyte per sum.
 */
final class JsonNumber {

    /** What a count is, for messages. */
    static final String COUNT = "an integer from 0 to 10^15";

    private static final int MOST_PLACES = 400;
    private static final BigDecimal LARGEST_COUNT = BigDecimal.TEN.pow(15);
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Double.MAX_VALUE);

    private JsonNumber() {}

    static BigDecimal decimal(JsonNode node, String path) {
        if (!node.isNumber() || node.isDouble()) {
            throw new InvalidItem(path + " must be a finite number: " + shown(node) + ".");
        }
        BigDecimal value = node.decimalValue();
        if (Math.abs((long) value.scale()) > MOST_PLACES || value.abs().compareTo(LARGEST) > 0) {
            throw new InvalidItem(path + " must be within the range of a double: " + shown(node) + ".");
        }
        return value;
    }

    static long count(JsonNode node, String path) {
        BigDecimal value = decimal(node, path);
        if (value.signum() < 0
                || value.compareTo(LARGEST_COUNT) > 0
                || value.stripTrailingZeros().scale() > 0) {
            throw new InvalidItem(path + " must be " + COUNT + ": " + shown(node) + ".");
        }
        return value.longValueExact();
    }

    private static String shown(JsonNode node) {
        String text = node.toString();
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
