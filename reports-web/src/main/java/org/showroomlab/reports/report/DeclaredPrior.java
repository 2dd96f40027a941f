package org.showroomlab.reports.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a programme expects of its experiments' effects while too few are finished to learn it from: a normal distribution
 * on the scale of {@link ProgrammeEffect#benefit}.
 *
 * @param mean of the effects
 * @param sd their standard deviation, > 0
 */
public record DeclaredPrior(double mean, double sd) {
    private static final String NUMBER = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)";
    private static final Pattern MEAN_AND_SD = Pattern.compile("(" + NUMBER + "),(" + NUMBER + ")");

    /** Checks the numbers; NaN is refused. */
    public DeclaredPrior {
        if (!(Math.abs(mean) <= 10 && sd > 0 && sd <= 10)) {
            throw new IllegalArgumentException(
                    "mean must be from -10 to 10, the standard deviation above 0 and at most 10: " + mean + ", " + sd);
        }
    }

    /**
     * {@code MEAN,SD} as one writes it.
     *
     * @throws IllegalArgumentException with what is allowed
     */
    public static DeclaredPrior parse(String text) {
        Matcher parts = MEAN_AND_SD.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "'; allowed: MEAN,SD, two decimal numbers, such as 0,0.05");
        }
        return new DeclaredPrior(Double.parseDouble(parts.group(1)), Double.parseDouble(parts.group(2)));
    }
}
