package org.showroomlab.app.live;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.reports.store.ResultPartition;

/**
 * A job that has begun and still reads records that were there before it. Until it has, its topics are read to different
 * places: purchases may be from before visits that are counted already, although every showroom seems to be complete.
 *
 * <p>What it has received is compared with what there is. Some of what there is may never be received, such as the marks of
 * transactions, or what was deleted meanwhile; so it is over, too, when for a while nothing says that the job comes nearer.
 */
final class CatchingUp {
    /** So many times in turn it is asked what there is, and the job is not seen to be nearer to having all of it. */
    static final int MOST_TIMES_NO_NEARER = 30;

    private record Heard(long received, WaitingRows.Waiting row) {}

    private final Set<String> experiments;
    private final Map<String, Heard> newest = new HashMap<>();
    /** What there was when it began, by topic; {@code null} before that is known. */
    private @Nullable Map<String, Long> owed;

    private long leastMissing = Long.MAX_VALUE;
    private int timesNoNearer;

    CatchingUp(Set<String> experiments) {
        this.experiments = new HashSet<>(experiments);
    }

    /** What the job has counted of a topic by now. */
    void hear(AccountingRow accounting, WaitingRows.Waiting row) {
        newest.put(accounting.source(), new Heard(accounting.received(), row));
    }

    /** How many records there are now, by topic. */
    void thereAre(Map<String, Long> records) {
        if (owed == null) {
            owed = Map.copyOf(records);
        }
        long missing = missing(records);
        timesNoNearer = missing < leastMissing ? 0 : timesNoNearer + 1;
        leastMissing = Math.min(leastMissing, missing);
    }

    /** The brokers do not say how many there are; they may never do, to whoever may not see those topics. */
    void notToldWhatThereIs() {
        timesNoNearer++;
    }

    boolean isOver() {
        return (owed != null && missing(owed) == 0) || timesNoNearer >= MOST_TIMES_NO_NEARER;
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

    /** Those that no other job has taken over. */
    Set<String> experiments() {
        return Set.copyOf(experiments);
    }

    void takenOver(Set<String> byAnother) {
        experiments.removeAll(byAnother);
    }
}
