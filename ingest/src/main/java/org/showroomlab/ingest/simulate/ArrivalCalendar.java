package org.showroomlab.ingest.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records on their way, by arrival; equal instants in the order they were sent. Only the current hour is kept sorted: a
 * single heap of everything under way would spend a third of the run on comparisons.
 */
final class ArrivalCalendar {
    private record Waiting(long millis, long number, Transport.Sent sent) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            int byMillis = Long.compare(millis, other.millis);
            return byMillis != 0 ? byMillis : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Waiting> thisHour = new PriorityQueue<>();
    private final TreeMap<Long, List<Waiting>> laterHours = new TreeMap<>();
    private long currentHour = Long.MIN_VALUE;
    private long count;

    void add(Transport.Sent sent) {
        Waiting waiting = new Waiting(sent.deliveredAtMillis(), count++, sent);
        long hour = Math.floorDiv(waiting.millis(), Quarter.HOUR_MILLIS);
        if (hour <= currentHour) {
            thisHour.add(waiting);
        } else {
            laterHours.computeIfAbsent(hour, h -> new ArrayList<>()).add(waiting);
        }
    }

    /** The next to arrive, or null when nothing is under way. */
    Transport.@Nullable Sent peek() {
        turnHours();
        Waiting first = thisHour.peek();
        return first == null ? null : first.sent();
    }

    Transport.@Nullable Sent poll() {
        turnHours();
        Waiting first = thisHour.poll();
        return first == null ? null : first.sent();
    }

    private void turnHours() {
        if (thisHour.isEmpty() && !laterHours.isEmpty()) {
            Map.Entry<Long, List<Waiting>> next = laterHours.pollFirstEntry();
            currentHour = next.getKey();
            thisHour.addAll(next.getValue());
        }
    }
}
