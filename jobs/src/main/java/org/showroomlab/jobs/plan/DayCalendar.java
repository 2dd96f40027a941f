package org.showroomlab.jobs.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The days of an experiment in its own time zone, numbered from the day of its start. */
public final class DayCalendar {
    private static final long DAY_MILLIS = 86_400_000L;

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
        // Nearly every day is 24 hours long, so the guess is right or off by one.
        int guess = (int) Math.min((millis - dayStartMillis[0]) / DAY_MILLIS, dayStartMillis.length - 1L);
        while (guess > 0 && millis < dayStartMillis[guess]) {
            guess--;
        }
        while (guess + 1 < dayStartMillis.length && millis >= dayStartMillis[guess + 1]) {
            guess++;
        }
        return guess;
    }

    /** How many days there are. */
    public int days() {
        return dayStartMillis.length;
    }

    public LocalDate date(int day) {
        return firstDay.plusDays(day);
    }
}
