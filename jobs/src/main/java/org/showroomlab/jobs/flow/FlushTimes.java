package org.showroomlab.jobs.flow;

import java.util.function.LongSupplier;

/**
 * Gives the flushes of one subtask their times, which those of all subtasks are put in order by. A time is the end of a
 * slot, so that flushes of many subtasks in the same slot are one to whoever adds them up.
 *
 * <p>The clock is read once and then runs by itself: one that is set back would make all others wait until it has caught
 * up. Between machines clocks may differ; what one says that is ahead waits for the others by as much, until the next
 * checkpoint at the latest.
 */
final class FlushTimes {
    static final long SLOT_MILLIS = 50;

    private final long begunMillis;
    private final long begunNanos;
    private final LongSupplier nanoTime;
    /** No flush of this or an earlier time is to come. */
    private long throughMillis = Long.MIN_VALUE;

    private long clockAtBegin;

    /**
     * A flush that is over.
     *
     * @param millis its time
     * @param clockMillis what the clock said when it began
     * @param throughMillis no later flush has this time or less
     */
    record Flush(long millis, long clockMillis, long throughMillis) {}

    FlushTimes(long nowMillis, LongSupplier nanoTime) {
        this.begunMillis = nowMillis;
        this.begunNanos = nanoTime.getAsLong();
        this.nanoTime = nanoTime;
    }

    /** The time of a flush that begins now: more than that of any before, and than was promised. */
    long begin() {
        clockAtBegin = nowMillis();
        return endOfSlot(Math.max(clockAtBegin, throughMillis + 1));
    }

    /**
     * The flush that was begun last is over.
     *
     * @param millis its time
     * @param waitMillis how long it is to the next one at least
     */
    Flush end(long millis, long waitMillis) {
        throughMillis = Math.max(millis, endOfSlot(nowMillis() + waitMillis) - 1);
        return new Flush(millis, clockAtBegin, throughMillis);
    }

    /** What its clock says. */
    long nowMillis() {
        return begunMillis + (nanoTime.getAsLong() - begunNanos) / 1_000_000;
    }

    private static long endOfSlot(long millis) {
        return Math.floorDiv(millis + SLOT_MILLIS - 1, SLOT_MILLIS) * SLOT_MILLIS;
    }
}
