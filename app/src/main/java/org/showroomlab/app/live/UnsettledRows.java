package org.showroomlab.app.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.CountedExperiment;
import org.showroomlab.jobs.results.Cut;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.RolledBack;
import org.showroomlab.jobs.results.Settled;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.jobs.results.Stamp;
import org.showroomlab.reports.store.JobBeginning;
import org.showroomlab.reports.store.LiveRows;
import org.showroomlab.reports.store.ResultPartition;

/**
 * Rows that one job has said since its last complete checkpoint. Should it fail, it goes back to that checkpoint and says
 * so: then those of them that it does not say again must go. Reading begins at the oldest of them, so that a process that
 * starts again knows them too.
 */
final class UnsettledRows {
    /** @param heldOffset where reading must begin so that it is known of which flush the row is */
    private record Said(ResultRow row, Stamp stamp, ResultPartition partition, long heldOffset) {}

    private record Beginning(RolledBack back, ResultPartition partition, long offset) {}

    private final Map<String, Said> said = new HashMap<>();
    /** Those of lives that have no complete checkpoint yet, or are still catching up. */
    private final List<Beginning> unsettledBeginnings = new ArrayList<>();
    /** Those of lives that have not said all their totals yet. */
    private final List<RolledBack> restating = new ArrayList<>();
    /** The last job to begin, while it does that. */
    private @Nullable CatchingUp catchingUp;
    /** Which life of a subtask speaks for a key group, by the job's id. */
    private final Map<String, Map<Integer, RolledBack>> lives = new HashMap<>();
    /** The id of the job that was submitted last, as far as its beginning was read. */
    private String lastJobId = "";
    /** Jobs whose accounting was heard, by id. */
    private final Set<String> accountedJobs = new HashSet<>();

    private final WaitingRows waiting;
    /** Accounting, progress and checkpoints behind rows that wait: they say that what these are about is counted. */
    private final Deque<WaitingRows.Waiting> behind = new ArrayDeque<>();

    private final Predicate<String> hasBegunBefore;
    /** The experiments that the job counts, and no other has taken over. */
    private final Set<String> owned;
    /** Those that its last life began with; {@code null} where that was not read. */
    private @Nullable Set<String> open;

    private final List<JobBeginning> beginnings = new ArrayList<>();
    /** By the job's id, and by key. */
    private final Map<String, Map<String, ResultRow>> newest = new TreeMap<>();

    /**
     * Begins to read what a job says.
     *
     * @param experiments those that it is known to count from before
     * @param hasBegunBefore whether the job of an id is known from before, so that another life of it takes nothing from
     *     others
     */
    UnsettledRows(Set<String> experiments, Predicate<String> hasBegunBefore, LongSupplier nanoTime) {
        this.owned = new HashSet<>(experiments);
        this.hasBegunBefore = hasBegunBefore;
        this.waiting = new WaitingRows(nanoTime);
    }

    /** Takes the next row of the topic. */
    void take(ResultCodec.Stamped stamped, ResultPartition partition, long offset) {
        ResultRow row = stamped.row();
        if (row instanceof RolledBack back) {
            if (isOfEarlierLife(back)) {
                return;
            }
            beginnings.add(new JobBeginning(back.jobId(), back.experiments(), offset));
            if (isOfEarlierJob(back.jobId())) {
                remember(back);
                return;
            }
            waiting.begin(back).forEach(each -> put(each.jobId(), each.row()));
            goBack(back);
            begin(back, partition, offset);
        } else if (row instanceof Settled settled) {
            said.values().removeIf(each -> settled.settles(each.stamp));
            if (!isCatchingUp()) {
                unsettledBeginnings.removeIf(each -> settled.settles(each.back));
            }
            // Jobs of earlier versions say no more than that.
            restating.removeIf(settled::settles);
            waiting.settle(settled).forEach(each -> put(each.jobId(), each.row()));
            // Accounting that was said before it is heard before it.
            behind.add(new WaitingRows.Waiting(settled.jobId(), settled, partition, offset));
        } else if (row instanceof Cut cut) {
            if (isOfLastLife(cut) && !isOfEarlierJob(cut.jobId())) {
                waiting.cut(cut, partition, offset).forEach(each -> put(each.jobId(), each.row()));
                if (waiting.haveAllBegun()) {
                    restating.removeIf(back -> back.jobId().equals(cut.jobId()));
                }
            }
        } else {
            Optional<Stamp> stamp = stamped.stamp();
            if (stamp.filter(this::isGivenUp).isPresent()) {
                return;
            }
            if (isOfAccounting(row)) {
                if (!stamped.jobId().isEmpty() && accountedJobs.add(stamped.jobId())) {
                    beginnings.add(new JobBeginning(stamped.jobId(), List.of(), offset));
                }
                behind.add(new WaitingRows.Waiting(stamped.jobId(), row, partition, offset));
                return;
            }
            if (!waiting.add(row, stamp.orElse(null), partition, offset)) {
                put(stamped.jobId(), row);
            }
            long heldOffset = Math.min(offset, waiting.oldestCut(partition));
            stamp.filter(value -> !isOfEarlierJob(value.jobId()))
                    .ifPresent(value -> said.put(row.rowKey(), new Said(row, value, partition, heldOffset)));
        }
    }

    private static boolean isOfAccounting(ResultRow row) {
        return row instanceof AccountingRow || row instanceof ShowroomProgress;
    }

    private void put(String jobId, ResultRow row) {
        newest.computeIfAbsent(jobId, id -> new LinkedHashMap<>()).put(row.rowKey(), row);
    }

    private void goBack(RolledBack back) {
        for (Iterator<Said> each = said.values().iterator(); each.hasNext(); ) {
            Said row = each.next();
            if (back.voids(row.stamp)) {
                put(row.stamp.jobId(), row.row.emptied());
                each.remove();
            } else if (!row.stamp.jobId().equals(back.jobId())) {
                // That job has ended: nobody will settle the row.
                each.remove();
            }
        }
    }

    private void begin(RolledBack back, ResultPartition partition, long offset) {
        unsettledBeginnings.removeIf(each -> !each.back.jobId().equals(back.jobId()) || each.back.overlaps(back));
        unsettledBeginnings.add(new Beginning(back, partition, offset));
        restating.removeIf(each -> !each.jobId().equals(back.jobId()) || each.overlaps(back));
        restating.add(back);
        if (isSubmitted(back)) {
            owned.clear();
            owned.addAll(experimentsOf(back));
        }
        open = experimentsOf(back);
        lastJobId = back.jobId();
        if (catchingUp != null && catchingUp.isJoinedBy(back)) {
            catchingUp.join(back);
        } else {
            catchingUp = new CatchingUp(back);
        }
        remember(back);
    }

    private void remember(RolledBack back) {
        Map<Integer, RolledBack> ofJob = lives.computeIfAbsent(back.jobId(), id -> new HashMap<>());
        for (int group = back.firstKeyGroup(); group <= back.lastKeyGroup(); group++) {
            ofJob.put(group, back);
        }
    }

    /** Whether it is the first life of its job that begins. */
    boolean isSubmitted(RolledBack back) {
        return !hasBegun(back.jobId()) && !hasBegunBefore.test(back.jobId());
    }

    /** Whether the beginning of this job was read. */
    private boolean hasBegun(String jobId) {
        return lives.containsKey(jobId);
    }

    /** Whether another job has been submitted under the name since: what this one says, the store does not believe. */
    private boolean isOfEarlierJob(String jobId) {
        return hasBegun(jobId) && !jobId.equals(lastJobId);
    }

    /** Whether Flink had given up that life before the one began that speaks for its key groups. */
    private boolean isOfEarlierLife(RolledBack back) {
        Map<Integer, RolledBack> ofJob = lives.getOrDefault(back.jobId(), Map.of());
        return ofJob.values().stream().distinct().anyMatch(life -> life.overlaps(back) && back.isBefore(life));
    }

    /**
     * Whether Flink has given up the life that said the row, and another speaks for its key group. A process that stood
     * still for long may wake up and send what it still had.
     */
    private boolean isGivenUp(Stamp stamp) {
        RolledBack life = lives.getOrDefault(stamp.jobId(), Map.of()).get(stamp.keyGroup());
        return stamp.begunAtMillis() != 0 && life != null && life.atMillis() != stamp.begunAtMillis();
    }

    /** Not of one that Flink has given up. */
    private boolean isOfLastLife(Cut cut) {
        RolledBack life = lives.getOrDefault(cut.jobId(), Map.of()).get(cut.firstKeyGroup());
        return life == null || cut.isOf(life);
    }

    /** The experiments that the job counts, and no other has taken over. */
    Set<String> experiments() {
        Set<String> experiments = new HashSet<>(owned);
        if (open != null) {
            experiments.retainAll(open);
        }
        return experiments;
    }

    /** Whether the experiments are at no state: not all is said again, or counted, or half of a flush is given. */
    boolean isBetweenStates() {
        return isRestating() || isCatchingUp() || !isWhole();
    }

    /** Whether there are lives whose totals are not all said again yet. */
    boolean isRestating() {
        return !restating.isEmpty() && !experiments().isEmpty();
    }

    /** Whether the job still reads records that were there before it. */
    boolean isCatchingUp() {
        return catchingUp != null && !catchingUp.isOver() && !experiments().isEmpty();
    }

    /** Compares what there is to be read with what the job has received. */
    void ask(CatchingUp.Records records) {
        if (isCatchingUp()) {
            Objects.requireNonNull(catchingUp).ask(records);
        }
    }

    /** Another job has begun after this one: its experiments are no longer this one's to say, which may have ended. */
    void overtakenBy(RolledBack back) {
        owned.removeAll(experimentsOf(back));
    }

    private static Set<String> experimentsOf(RolledBack back) {
        return back.experiments().stream().map(CountedExperiment::id).collect(Collectors.toCollection(HashSet::new));
    }

    /**
     * The newest row of each key since the last time; void ones are empty.
     *
     * @param halves whether rows are given that are no state without others, which are still to come
     * @param caughtUp whether all that is there has been read
     */
    LiveRows drain(boolean halves, boolean caughtUp) {
        List<WaitingRows.Waiting> released = halves ? waiting.releaseAll() : waiting.release(caughtUp);
        released.forEach(each -> put(each.jobId(), each.row()));
        giveBehind();
        Map<String, List<ResultRow>> rows = new TreeMap<>();
        newest.forEach((jobId, byKey) -> rows.put(jobId, List.copyOf(byKey.values())));
        LiveRows drained = new LiveRows(beginnings, rows);
        beginnings.clear();
        newest.clear();
        return drained;
    }

    /** Gives what is behind no row that waits. */
    private void giveBehind() {
        Map<ResultPartition, Long> oldestWaiting = new HashMap<>();
        waiting.hold(oldestWaiting);
        while (!behind.isEmpty()) {
            WaitingRows.Waiting next = behind.element();
            if (next.offset() > oldestWaiting.getOrDefault(next.partition(), Long.MAX_VALUE)) {
                return;
            }
            behind.remove();
            if (!(next.row() instanceof Settled)) {
                put(next.jobId(), next.row());
            }
            if (catchingUp != null && next.jobId().equals(lastJobId)) {
                hear(catchingUp, next);
            }
        }
    }

    private static void hear(CatchingUp catchingUp, WaitingRows.Waiting row) {
        if (row.row() instanceof AccountingRow accounting) {
            catchingUp.hear(accounting, row);
        } else if (row.row() instanceof Settled) {
            catchingUp.hearCheckpoint();
        }
    }

    /** Whether what was given is a state. */
    boolean isWhole() {
        return waiting.isWhole();
    }

    /** Whether rows wait for others. */
    boolean isWaiting() {
        return waiting.isAny() || !behind.isEmpty();
    }

    /** Moves offsets back to the oldest row that is not settled or waits, and to where the life that says them began. */
    void hold(Map<ResultPartition, Long> offsets) {
        for (Said row : said.values()) {
            offsets.merge(row.partition, row.heldOffset, Math::min);
        }
        for (Beginning beginning : unsettledBeginnings) {
            offsets.merge(beginning.partition, beginning.offset, Math::min);
        }
        if (catchingUp != null && !unsettledBeginnings.isEmpty()) {
            catchingUp.hold(offsets);
        }
        waiting.hold(offsets);
        behind.stream().filter(row -> !(row.row() instanceof Settled)).forEach(row -> row.hold(offsets));
    }
}
