package org.showroomlab.jobs.flow;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Of everybody who flushes to a subtask of the totals: until when there are no more flushes, and which are added. */
final class SendersFlushes {
    /** One that is over but may not be added yet. */
    private record Ended(long millis, long clockMillis) {}

    private final int senders;
    private final Map<Integer, Long> through = new HashMap<>();
    private final Map<Integer, Deque<Ended>> ended = new HashMap<>();
    /** By sender, what its clock said when the last of its flushes that are added began. */
    private final Map<Integer, Long> added = new HashMap<>();

    SendersFlushes(int senders) {
        this.senders = senders;
    }

    /**
     * A sender's flush is over.
     *
     * @param millis when it is to be added
     */
    void end(int sender, FlushTimes.Flush flush, long millis) {
        through.put(sender, flush.throughMillis());
        ended.computeIfAbsent(sender, s -> new ArrayDeque<>()).add(new Ended(millis, flush.clockMillis()));
    }

    /** Until when no flush is to come any more. */
    long throughMillis() {
        return through.size() < senders ? Long.MIN_VALUE : Collections.min(through.values());
    }

    /**
     * By then whatever had come to a sender is in the totals, if all flushes until a time are added.
     *
     * @return by the senders' clocks; {@link Long#MIN_VALUE} before all have flushed
     */
    long addedMillis(long untilMillis) {
        ended.forEach((sender, flushes) -> {
            while (!flushes.isEmpty() && flushes.element().millis <= untilMillis) {
                added.put(sender, flushes.remove().clockMillis);
            }
        });
        return added.size() < senders ? Long.MIN_VALUE : Collections.min(added.values());
    }
}
