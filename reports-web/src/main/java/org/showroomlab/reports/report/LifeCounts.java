package org.showroomlab.reports.report;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.stats.survival.LifeTable;

/**
 * One clock of one arm as of one moment: who entered in which bin, and how and when they left. Who has not left is censored
 * in the bin of the moment, counted from the bin of entry.
 */
final class LifeCounts {
    static final String PICKED_UP = "picked_up";
    static final String CANCELLED = "cancelled";
    static final String NO_SHOW = "no_show";
    private static final String ENTERED = "entered";

    /** One way to leave, after so many bins, of those who entered in one bin. */
    private record End(long entryBin, String kind, long bin) {}

    private final Map<Long, Long> entered = new TreeMap<>();
    private final Map<End, Long> ends = new java.util.HashMap<>();
    private final double binHours;
    private final long lastBin;

    /**
     * The counts of a clock.
     *
     * @param lastBin bin of the as-of moment, counted from the start of the experiment
     */
    LifeCounts(List<LifeTableCount> rows, String variant, String origin, double binHours, long lastBin) {
        this.binHours = binHours;
        this.lastBin = lastBin;
        for (LifeTableCount row : rows) {
            if (!row.variant().equals(variant) || !row.origin().equals(origin)) {
                continue;
            }
            if (row.kind().equals(ENTERED)) {
                entered.merge(row.entryBin(), row.n(), Long::sum);
            } else {
                ends.merge(new End(row.entryBin(), row.kind(), row.bin()), row.n(), Long::sum);
            }
        }
    }

    long units() {
        return entered.values().stream().mapToLong(Long::longValue).sum();
    }

    long ended(String kind) {
        return ends.entrySet().stream()
                .filter(e -> e.getKey().kind().equals(kind))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Entries by bin since the start of the experiment. */
    Map<Long, Long> entries() {
        return entered;
    }

    /** Hours from the start to the middle of the bin in which half of the units had entered; empty without any. */
    OptionalDouble medianEntryHours() {
        long units = units();
        long soFar = 0;
        for (Map.Entry<Long, Long> entry : entered.entrySet()) {
            soFar += entry.getValue();
            if (units > 0 && 2 * soFar >= units) {
                return OptionalDouble.of((entry.getKey() + 0.5) * binHours);
            }
        }
        return OptionalDouble.empty();
    }

    /** Ends of one kind by bin since the start of the experiment; right to one bin. */
    Map<Long, Long> endsByCalendar(String kind) {
        Map<Long, Long> bins = new TreeMap<>();
        ends.forEach((end, n) -> {
            if (end.kind().equals(kind)) {
                bins.merge(end.entryBin() + end.bin(), n, Long::sum);
            }
        });
        return bins;
    }

    /** One kind as the event and the others as competing ones, each at the end of its bin: what holds by then. */
    LifeTable competing(String kind) {
        Builder table = new Builder(bin -> (bin + 1) * binHours);
        ends.forEach((end, n) -> {
            boolean event = end.kind().equals(kind);
            table.add(end.bin(), event ? n : 0, event ? 0 : n, 0);
        });
        open().forEach((entryBin, n) -> table.add(censoredBin(entryBin), 0, 0, n));
        return table.build();
    }

    /**
     * The time to one kind, where who left otherwise never has it and so is at risk until the as-of moment. That moment is
     * known for everybody, so that nothing has to be weighted (Fine and Gray 1999, section 3: complete data). Ends are in
     * the middle of their bins, so that a mean of times has no bias by half a bin.
     */
    LifeTable untilEver(String kind) {
        Builder table = new Builder(bin -> (bin + 0.5) * binHours);
        ends.forEach((end, n) -> {
            if (end.kind().equals(kind)) {
                table.add(end.bin(), n, 0, 0);
            } else {
                table.add(censoredBin(end.entryBin()), 0, 0, n);
            }
        });
        open().forEach((entryBin, n) -> table.add(censoredBin(entryBin), 0, 0, n));
        return table.build();
    }

    private Map<Long, Long> open() {
        Map<Long, Long> open = new TreeMap<>(entered);
        ends.forEach((end, n) -> open.merge(end.entryBin(), -n, Long::sum));
        return open;
    }

    private long censoredBin(long entryBin) {
        return Math.max(0, lastBin - entryBin);
    }

    /** Adds up before anything is checked: only the totals have to make sense. */
    private static final class Builder {
        private final Map<Double, long[]> rows = new TreeMap<>();
        private final ToDoubleFunction<Long> time;

        Builder(ToDoubleFunction<Long> time) {
            this.time = time;
        }

        void add(long bin, long events, long competing, long censored) {
            long[] row = rows.computeIfAbsent(time.applyAsDouble(bin), t -> new long[3]);
            row[0] += events;
            row[1] += competing;
            row[2] += censored;
        }

        LifeTable build() {
            Map<Double, LifeTable.Counts> counts = new TreeMap<>();
            rows.forEach((t, row) -> counts.put(t, new LifeTable.Counts(row[0], row[1], row[2])));
            return LifeTable.of(counts);
        }
    }
}
