package org.showroomlab.reports.calibration;

import java.util.Locale;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.calibration.CalibrationResult;
import org.showroomlab.stats.calibration.Scenario;

/**
 * How often one method was wrong in one situation, as it stands in a file.
 *
 * @param method the method, as it is called in reports
 * @param situation what the data were like
 * @param mistake what counted as wrong: {@code false_alarm} or {@code missed_truth}
 * @param promised how often that should happen
 * @param wrong times it was wrong
 * @param simulations of so many
 * @param inBand whether the rate is compatible with what is acceptable; a method for which it is not is no default
 */
public record CalibrationRow(
        String method, String situation, String mistake, double promised, int wrong, int simulations, boolean inBand) {

    static CalibrationRow of(CalibrationResult result) {
        Scenario scenario = result.scenario();
        return new CalibrationRow(
                scenario.method(),
                scenario.situation(),
                scenario.mistake().name().toLowerCase(Locale.ROOT),
                scenario.nominal(),
                result.wrong(),
                result.simulations(),
                result.inBand());
    }

    /** The measured rate, four places; a dash when no simulation gave an answer. */
    public String rate() {
        return simulations == 0 ? "–" : share((double) wrong / simulations);
    }

    /** Its exact 95 % Monte-Carlo interval. */
    public String interval() {
        Interval ci = new Proportion(simulations, wrong).clopperPearson(Significance.DEFAULT);
        return "[" + share(ci.low()) + ", " + share(ci.high()) + "]";
    }

    /** What counted as wrong, in words. */
    public String mistakeText() {
        return mistake.replace('_', ' ').replace("missed truth", "truth missed");
    }

    /** The promised rate without trailing zeros. */
    public String promisedText() {
        return Double.toString(promised).replaceFirst("^0", "");
    }

    private static String share(double value) {
        return String.format(Locale.ROOT, "%.4f", value).replaceFirst("^0", "");
    }
}
