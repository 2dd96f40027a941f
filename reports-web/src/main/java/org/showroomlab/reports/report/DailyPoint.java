package org.showroomlab.reports.report;

import java.time.LocalDate;
import java.util.OptionalDouble;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Interval;

/**
 * What was known at the end of one day: of a treatment its difference to the control, of the control its own level.
 *
 * @param day in the experiment's time zone
 * @param estimate the number, which a level may have where nothing tells its error
 * @param value the number with its interval
 * @param anytimeCi its always-valid band
 */
public record DailyPoint(
        LocalDate day,
        String variant,
        OptionalDouble estimate,
        Computable<Estimated> value,
        Computable<Interval> anytimeCi) {

    /** A number with its interval. */
    public record Estimated(double estimate, Interval ci) {}
}
