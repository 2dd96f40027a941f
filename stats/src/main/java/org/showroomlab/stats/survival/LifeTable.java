package org.showroomlab.stats.survival;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The sufficient statistics of times to an event: at each time (or time bin since entry) how many had the event, how many
 * a competing one, and how many were last seen then. Censored units count as at risk at their own time, as in R.
 */
public final class LifeTable {

    /**
     * What happened at one time.
     *
     * @param events units with the event of interest
     * @param competing units with a competing event
     * @param censored units last seen without either
     */
    public record Counts(long events, long competing, long censored) {

        /** Checks the counts. */
        public Counts {
            if (events < 0 || competing < 0 || censored < 0) {
                throw new IllegalArgumentException(
                        "counts must be >= 0: " + events + ", " + competing + ", " + censored);
            }
        }

        Counts plus(Counts other) {
            return new Counts(events + other.events, competing + other.competing, censored + other.censored);
        }

        private Counts exchanged() {
            long others = competing;
            return new Counts(others, events, censored);
        }

        long leaving() {
            return events + competing + censored;
        }
    }

    private final double[] time;
    private final Counts[] counts;
    private final long[] atRisk;

    private LifeTable(SortedMap<Double, Counts> rows) {
        time = rows.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        counts = rows.values().toArray(Counts[]::new);
        atRisk = new long[time.length];
        long left = 0;
        for (int i = time.length - 1; i >= 0; i--) {
            left += counts[i].leaving();
            atRisk[i] = left;
        }
    }

    /** A table from counts per time; times after the last unit has left say nothing and are dropped. */
    public static LifeTable of(Map<Double, Counts> rows) {
        rows.keySet().forEach(LifeTable::checked);
        TreeMap<Double, Counts> kept = new TreeMap<>(rows);
        while (!kept.isEmpty() && kept.lastEntry().getValue().leaving() == 0) {
            kept.pollLastEntry();
        }
        return new LifeTable(kept);
    }

    /**
     * A table from single times.
     *
     * @param time time of each unit
     * @param status 0 censored, 1 event, 2 competing event
     */
    public static LifeTable of(double[] time, int[] status) {
        if (time.length != status.length) {
            throw new IllegalArgumentException("need one status per time: " + time.length + ", " + status.length);
        }
        TreeMap<Double, Counts> rows = new TreeMap<>();
        for (int i = 0; i < time.length; i++) {
            rows.merge(checked(time[i]), counts(status[i]), Counts::plus);
        }
        return new LifeTable(rows);
    }

    private static Counts counts(int status) {
        return switch (status) {
            case 0 -> new Counts(0, 0, 1);
            case 1 -> new Counts(1, 0, 0);
            case 2 -> new Counts(0, 1, 0);
            default -> throw new IllegalArgumentException("status must be 0, 1 or 2: " + status);
        };
    }

    private static double checked(double time) {
        if (!(time >= 0 && time < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("times must be finite and >= 0: " + time);
        }
        return time + 0.0;
    }

    /** The units of both. */
    public LifeTable merge(LifeTable other) {
        TreeMap<Double, Counts> rows = new TreeMap<>(rows());
        other.rows().forEach((t, c) -> rows.merge(t, c, Counts::plus));
        return new LifeTable(rows);
    }

    /** The same units with the event and the competing event exchanged. */
    public LifeTable exchanged() {
        SortedMap<Double, Counts> rows = rows();
        rows.replaceAll((t, c) -> c.exchanged());
        return new LifeTable(rows);
    }

    /** The rows by time. */
    public SortedMap<Double, Counts> rows() {
        TreeMap<Double, Counts> rows = new TreeMap<>();
        for (int i = 0; i < time.length; i++) {
            rows.put(time[i], counts[i]);
        }
        return rows;
    }

    /** Number of distinct times. */
    public int size() {
        return time.length;
    }

    /** Number of units. */
    public long units() {
        return atRisk.length == 0 ? 0 : atRisk[0];
    }

    double time(int i) {
        return time[i];
    }

    long events(int i) {
        return counts[i].events();
    }

    long competing(int i) {
        return counts[i].competing();
    }

    long atRisk(int i) {
        return atRisk[i];
    }

    /** Units still at risk just before a time. */
    long atRiskBefore(double t) {
        int i = firstAt(t);
        return i < time.length ? atRisk[i] : 0;
    }

    /** What happened at exactly a time. */
    Counts at(double t) {
        int i = firstAt(t);
        return i < time.length && time[i] == t ? counts[i] : new Counts(0, 0, 0);
    }

    private int firstAt(double t) {
        int found = java.util.Arrays.binarySearch(time, t);
        return found >= 0 ? found : -found - 1;
    }
}
