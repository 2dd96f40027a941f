package org.showroomlab.reports.report;

import java.time.LocalDate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Interval;

/**
 * What was known at the end of one day: of a treatment its difference to the control, of the control its own level.
 *
 * @param day in the experiment's time zone
 * @param anytimeCi its always-valid band
 */
public record DailyPoint(LocalDate day, String variant, Computable<Estimated> value, Computable<Interval> anytimeCi) {

    /** A number with its interval. */
    public record Estimated(double estimate, Interval ci) {}
}
