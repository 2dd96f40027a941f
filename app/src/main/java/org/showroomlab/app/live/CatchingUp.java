package org.showroomlab.app.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.RolledBack;
import org.showroomlab.reports.store.ResultPartition;

/**
 * A life of a job that still reads records that were there before it. Until it has, its topics are read to different
 * places: purchases may be from before visits that are counted already, although every showroom seems to be complete.
 *
 * <p>What it has received is compared with what there was, by topic. What came since on one partition may stand for what is
 * owed on another; so when it has as many it is asked for what there is by then, and so on: each time less has come
 * meanwhile. When that took no time to speak of, it has caught up.
 *
 * <p>Some of it may never be received, such as the marks of transactions, or what was deleted meanwhile; so it is over, too,
 * when a checkpoint completes and the job has come no nearer for a while. That nothing is heard of it says nothing: it may be
 * down, and an ended one has not read the rest.
 */
final class CatchingUp {
    /** So many times in turn it is asked what there is, and the job is not seen to be nearer to having all of it. */
    static final int MOST_TIMES_NO_NEARER = 30;

    /** To have received what there was so many questions ago is as near as a job that is always a little behind comes. */
    static final int TIMES_OF_NO_MATTER = 10;

    /** A job that is as far behind after so many rounds as before the last of them is never nearer than so. */
    static final int MOST_ROUNDS = 10;

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

    /** Those of its subtasks. */
    private final List<RolledBack> beginnings = new ArrayList<>();

    private final Map<String, Heard> newest = new HashMap<>();
    /** What there was when this round began, by topic; {@code null} before it is known what there was at the beginning. */
    private @Nullable Map<String, Long> owed;

    /** What there was at the last question. */
    private @Nullable Map<String, Long> asked;

    /** Those that are over. */
    private int rounds;

    private int timesInRound;
    private int timesInRoundBefore = Integer.MAX_VALUE;
    private long leastMissing = Long.MAX_VALUE;
    private int timesNoNearer;
    private boolean isOver;

    CatchingUp(RolledBack beginning) {
        beginnings.add(beginning);
    }

    /** Whether the life that it is of has just begun with these subtasks, too. */
    boolean isJoinedBy(RolledBack back) {
        RolledBack first = beginnings.get(0);
        return first.jobId().equals(back.jobId())
                && first.checkpoint() == back.checkpoint()
                && first.attempt() == back.attempt()
                // Numbers begin anew with the job manager, so that an earlier attempt may have the same.
                && beginnings.stream().noneMatch(back::overlaps);
    }

    /** Some more subtasks of it have begun. */
    void join(RolledBack back) {
        beginnings.add(back);
    }

    /** What the job has counted of a topic by now. */
    void hear(AccountingRow accounting, WaitingRows.Waiting row) {
        newest.put(accounting.source(), new Heard(accounting.received(), row));
        comeNearer();
    }

    /** By what was there at the last question: what has come since does not count for it. */
    private void comeNearer() {
        if (asked != null && missing(asked) < leastMissing) {
            leastMissing = missing(asked);
            timesNoNearer = 0;
        }
    }

    /** A checkpoint is complete: whatever had come before it is counted, and the job is there. */
    void hearCheckpoint() {
        isOver |= timesNoNearer >= MOST_TIMES_NO_NEARER;
    }

    /** Compares what there is with what the job has. */
    void ask(Records records) {
        // Who begins without state receives what there is, who goes on has received what was deleted since, too.
        RolledBack beginning = beginnings.get(0);
        boolean withDeleted = beginning.checkpoint() > 0;
        if (owed == null) {
            // Whoever may not ask must not wait for ever; brokers that are away for a while say nothing of the job.
            timesNoNearer++;
            owed = Map.copyOf(records.before(beginning.atMillis(), withDeleted));
        }
        Map<String, Long> now = Map.copyOf(records.now(withDeleted));
        timesInRound++;
        timesNoNearer++;
        asked = now;
        comeNearer();
        if (missing(owed) == 0) {
            boolean isAlwaysBehind = rounds >= MOST_ROUNDS && timesInRound >= timesInRoundBefore;
            // The first round may have been over long before somebody asked.
            boolean isBehindByNoMatter = rounds > 0 && timesInRound <= TIMES_OF_NO_MATTER;
            isOver = isOver || isBehindByNoMatter || isAlwaysBehind || isNothing(owed) || missing(now) == 0;
            owed = now;
            rounds++;
            timesInRoundBefore = timesInRound;
            timesInRound = 0;
        }
    }

    boolean isOver() {
        return isOver;
    }

    private static boolean isNothing(Map<String, Long> records) {
        return records.values().stream().allMatch(count -> count == 0);
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
