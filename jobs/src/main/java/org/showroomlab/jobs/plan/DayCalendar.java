package org.showroomlab.jobs.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;

/** The days of an experiment in its own time zone, numbered from the day of its start. */
public final class DayCalendar {
    private final LocalDate firstDay;
    private final long[] dayStartMillis;

    private DayCalendar(LocalDate firstDay, long[] dayStartMillis) {
        this.firstDay = firstDay;
        this.dayStartMillis = dayStartMillis;
    }

    /** The days that [start, end) touches. */
    public static DayCalendar of(Instant start, Instant end, ZoneId zone) {
        LocalDate first = LocalDate.ofInstant(start, zone);
        LocalDate last = LocalDate.ofInstant(end.minusMillis(1), zone);
        int days = Math.toIntExact(last.toEpochDay() - first.toEpochDay() + 1);
        long[] starts = new long[days];
        for (int d = 0; d < days; d++) {
            starts[d] = first.plusDays(d).atStartOfDay(zone).toInstant().toEpochMilli();
        }
        return new DayCalendar(first, starts);
    }

    /** The number of the day that the instant falls in; it must not be before the first day. */
    public int dayOf(long millis) {
        int found = Arrays.binarySearch(dayStartMillis, millis);
        return found >= 0 ? found : -found - 2;
    }

    public LocalDate date(int day) {
        return firstDay.plusDays(day);
    }
}
