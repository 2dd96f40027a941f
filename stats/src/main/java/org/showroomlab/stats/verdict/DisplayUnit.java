package org.showroomlab.stats.verdict;

import org.showroomlab.stats.Interval;

/**
 * The unit in which people read the differences of a metric.
 *
 * @param factor a difference times this is shown
 * @param suffix follows it, with its space: " pp", " ms"
 */
public record DisplayUnit(double factor, String suffix) {
    /** The numbers as they are. */
    public static final DisplayUnit PLAIN = new DisplayUnit(1, "");

    /** A difference with its sign: −0.82 pp. */
    public String change(double difference) {
        return Digits.signed(difference * factor) + suffix;
    }

    /** How large something is: 0.82 pp. */
    public String amount(double size) {
        return Digits.plain(size * factor) + suffix;
    }

    /** [−1.3, −0.31] pp; an open end is ∞. */
    public String interval(Interval ci) {
        return "[" + Digits.signed(ci.low() * factor) + ", " + Digits.signed(ci.high() * factor) + "]" + suffix;
    }
}
