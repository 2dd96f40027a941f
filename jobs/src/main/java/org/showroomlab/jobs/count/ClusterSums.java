package org.showroomlab.jobs.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the events of one {@link ClusterUnit} add up to, by day. Only sums, so that an event is added or taken back by
 * itself, in any order, and two of these are added to one.
 */
public final class ClusterSums {
    private final TreeMap<Integer, Day> days = new TreeMap<>();

    /** One day's exposures by variant number, and its events by slice. */
    public static final class Day {
        private final TreeMap<Integer, Long> exposures = new TreeMap<>();
        private final TreeMap<Slice, SliceSums> slices = new TreeMap<>();

        public Map<Integer, Long> exposures() {
            return exposures;
        }

        public Map<Slice, SliceSums> slices() {
            return slices;
        }

        private void add(Day other, int sign) {
            other.exposures.forEach((variant, count) -> add(exposures, variant, sign * count));
            other.slices.forEach((slice, sums) ->
                    slices.computeIfAbsent(slice, s -> new SliceSums()).add(sums, sign));
            slices.values().removeIf(SliceSums::isZero);
        }

        private static void add(Map<Integer, Long> counts, int variant, long more) {
            long sum = counts.getOrDefault(variant, 0L) + more;
            if (sum == 0) {
                counts.remove(variant);
            } else {
                counts.put(variant, sum);
            }
        }

        private boolean isZero() {
            return exposures.isEmpty() && slices.isEmpty();
        }
    }

    /**
     * All events (dimension −1), or those with one value of one dimension.
     *
     * @param dimension number among the experiment's dimensions
     */
    public record Slice(int dimension, String value) implements Comparable<Slice> {
        public static final Slice ALL = new Slice(-1, "");

        @Override
        public int compareTo(Slice other) {
            int byDimension = Integer.compare(dimension, other.dimension);
            return byDimension != 0 ? byDimension : value.compareTo(other.value);
        }
    }

    /** The events of one slice: how many there are, and per metric a cell as in the table of clusters, with buckets. */
    public static final class SliceSums {
        private long events;
        private final List<@Nullable Cell> metrics = new ArrayList<>();

        public SliceSums() {}

        /** Sums from their parts. */
        public SliceSums(long events, List<@Nullable Cell> metrics) {
            this.events = events;
            this.metrics.addAll(metrics);
        }

        public long events() {
            return events;
        }

        /** By metric number; {@code null} and beyond the end: nothing. */
        public List<@Nullable Cell> metrics() {
            return metrics;
        }

        Cell metric(int number) {
            while (metrics.size() <= number) {
                metrics.add(null);
            }
            Cell cell = metrics.get(number);
            if (cell == null) {
                cell = Cell.ofCluster();
                metrics.set(number, cell);
            }
            return cell;
        }

        void addEvents(long more) {
            events += more;
        }

        void add(SliceSums other, int sign) {
            events += sign * other.events;
            for (int m = 0; m < other.metrics.size(); m++) {
                Cell cell = other.metrics.get(m);
                if (cell != null && sign > 0) {
                    metric(m).add(cell);
                } else if (cell != null) {
                    metric(m).subtract(cell);
                }
            }
        }

        boolean isZero() {
            return events == 0 && metrics.stream().allMatch(cell -> cell == null || cell.isZero());
        }

        SliceSums copy() {
            SliceSums copy = new SliceSums();
            copy.add(this, 1);
            return copy;
        }
    }

    /** By day number of the experiment's calendar, ascending. */
    public Map<Integer, Day> days() {
        return days;
    }

    Day day(int day) {
        return days.computeIfAbsent(day, d -> new Day());
    }

    /** Adds all of the other. */
    public void add(ClusterSums other) {
        other.days.forEach((day, sums) -> day(day).add(sums, 1));
        days.values().removeIf(Day::isZero);
    }

    public boolean isEmpty() {
        return days.isEmpty();
    }

    public ClusterSums copy() {
        ClusterSums copy = new ClusterSums();
        copy.add(this);
        return copy;
    }
}
