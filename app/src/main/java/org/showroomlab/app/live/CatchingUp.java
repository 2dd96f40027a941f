package org.showroomlab.app.live;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.RolledBack;
import org.showroomlab.reports.store.ResultPartition;

/**
 * A life of a job that still reads records that were there before it. Until it has, its topics are read to different
 * places: purchases may be from before visits that are counted already, although every showroom seems to be complete.
 *
 * <p>What it has received is compared with what there was. Some of that may never be received, such as the marks of
 * transactions, or what was deleted meanwhile; so it is over, too, when a checkpoint completes and the job has come no nearer
 * for a while. That nothing is heard of it says nothing: it may be down, and an ended one has not read the rest.
 */
final class CatchingUp {
    /** So many times in turn it is asked what there is, and the job is not seen to be nearer to having all of it. */
    static final int MOST_TIMES_NO_NEARER = 30;

    /** How many records the topics of events hold. */
    interface Records {
        /**
         * Those there are now, by topic.
         *
         * @param withDeleted whether those count that have been there
         */
        Map<String, Long> now(boolean withDeleted);

        /** Those of them that were there at that time. */
        Map<String, Long> before(long millis, boolean withDeleted);
    }

    private record Heard(long received, WaitingRows.Waiting row) {}

    private final RolledBack beginning;
    private final Map<String, Heard> newest = new HashMap<>();
    /** What there was when it began, by topic; {@code null} before that is known. */
    private @Nullable Map<String, Long> owed;

    private long leastMissing = Long.MAX_VALUE;
    private int timesNoNearer;
    private boolean isIdle;

    CatchingUp(RolledBack beginning) {
        this.beginning = beginning;
    }

    /** What the job has counted of a topic by now. */
    void hear(AccountingRow accounting, WaitingRows.Waiting row) {
        newest.put(accounting.source(), new Heard(accounting.received(), row));
    }

    /** A checkpoint is complete: whatever had come before it is counted, and the job is there. */
    void hearCheckpoint() {
        isIdle |= timesNoNearer >= MOST_TIMES_NO_NEARER;
    }

    /** Compares what there is with what the job has. */
    void ask(Records records) {
        // Who begins without state receives what there is, who goes on has received what was deleted since, too.
        boolean withDeleted = beginning.checkpoint() > 0;
        // Until it is known the next questions are as good as this one.
        timesNoNearer++;
        if (owed == null) {
            owed = Map.copyOf(records.before(beginning.atMillis(), withDeleted));
        }
        long missing = missing(records.now(withDeleted));
        if (missing < leastMissing) {
            leastMissing = missing;
            timesNoNearer = 0;
        }
    }

    boolean isOver() {
        return isIdle || (owed != null && missing(owed) == 0);
    }

    private long missing(Map<String, Long> records) {
        return records.entrySet().stream()
                .mapToLong(topic -> Math.max(0, topic.getValue() - received(topic.getKey())))
                .sum();
    }

    private long received(String topic) {
        Heard heard = newest.get(topic);
        return heard == null ? 0 : heard.received;
    }

    /** Moves offsets back to what it was told by, so that a reader who starts again knows it, too. */
    void hold(Map<ResultPartition, Long> offsets) {
        newest.values().forEach(heard -> heard.row.hold(offsets));
    }
}
