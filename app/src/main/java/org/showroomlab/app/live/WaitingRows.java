package org.showroomlab.app.live;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.results.Cut;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.RolledBack;
import org.showroomlab.jobs.results.Settled;
import org.showroomlab.jobs.results.Stamp;
import org.showroomlab.reports.store.ResultPartition;

/**
 * Rows of one job that wait until all subtasks of its totals have said what flushes until the same time have changed: together
 * they are a state then, and half of one would be none. They do not wait for long where a subtask says nothing; while more is
 * there to be read than has been, what is missing may be there, too.
 *
 * <p>A subtask takes part from the beginning of its life on, or from its first cut where the beginning was not read. What
 * others say does not wait, which is what jobs of earlier versions say.
 *
 * <p>A job that was cancelled in the middle of a flush never says the other half: what was given of it remains half of a
 * state. That nothing is heard of it says nothing; but a complete checkpoint says that what came before it is whole.
 */
final class WaitingRows {
    static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    static final Duration LONGEST_WAIT_WHILE_READING = Duration.ofSeconds(10);

    /** A row as it was read. */
    record Waiting(String jobId, ResultRow row, ResultPartition partition, long offset) {
        /** Moves the offset of its partition back to it. */
        void hold(Map<ResultPartition, Long> offsets) {
            offsets.merge(partition, offset, Math::min);
        }
    }

    private record Place(ResultPartition partition, long offset) {}

    /** What a subtask said between two cuts. */
    private record Part(long throughMillis, List<Waiting> rows, long sinceNanos) {}

    /** A subtask's rows, in the order of the topic. */
    private static final class Subtask {
        private final int firstKeyGroup;
        private final int lastKeyGroup;
        private final long lifeBegunAtMillis;
        /** {@code null} where it was not read. */
        private final @Nullable RolledBack beginning;

        private final Deque<Part> parts = new ArrayDeque<>();
        private List<Waiting> open = new ArrayList<>();
        private long openSinceNanos;
        /** The time of the last flush that it has said; {@link Long#MIN_VALUE} before its first cut. */
        private long throughMillis = Long.MIN_VALUE;

        private @Nullable Place lastCut;

        /** Whether rows were given of which the cut is still to come. */
        private boolean hasGivenOfOpen;

        private Subtask(RolledBack beginning) {
            this.firstKeyGroup = beginning.firstKeyGroup();
            this.lastKeyGroup = beginning.lastKeyGroup();
            this.lifeBegunAtMillis = beginning.atMillis();
            this.beginning = beginning;
        }

        private Subtask(Cut first) {
            this.firstKeyGroup = first.firstKeyGroup();
            this.lastKeyGroup = first.lastKeyGroup();
            this.lifeBegunAtMillis = first.atMillis();
            this.beginning = null;
            // What it said before did not wait.
            this.hasGivenOfOpen = true;
        }

        private boolean overlaps(RolledBack back) {
            return firstKeyGroup <= back.lastKeyGroup() && back.firstKeyGroup() <= lastKeyGroup;
        }

        /** All subtasks of a job go back together, to the same checkpoint and as often as each other. */
        private boolean isOfSameAttempt(RolledBack back) {
            return beginning != null
                    && beginning.checkpoint() == back.checkpoint()
                    && beginning.attempt() == back.attempt();
        }

        private void giveAll(List<Waiting> to) {
            parts.forEach(part -> to.addAll(part.rows));
            parts.clear();
            to.addAll(open);
            hasGivenOfOpen |= !open.isEmpty();
            open.clear();
        }
    }

    private final LongSupplier nanoTime;
    private final Map<Integer, Subtask> byFirstKeyGroup = new TreeMap<>();
    /** The latest epoch of what each job has said, by id. */
    private final Map<String, Long> newestEpochs = new HashMap<>();

    private String jobId = "";
    /** When something was given last that all had said. */
    private long stateAtNanos;
    /** How many the job has, once a cut has said so. */
    private int subtasks = Integer.MAX_VALUE;
    /** Rows of flushes until then were given although not all subtasks had said them. */
    private long halvesThroughMillis = Long.MIN_VALUE;

    WaitingRows(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.stateAtNanos = nanoTime.getAsLong();
    }

    /**
     * A life of a subtask begins, and with it those of all others, which may say so later.
     *
     * @return what waited of the lives that are over by that: it is said, unless the going back makes it void
     */
    List<Waiting> begin(RolledBack back) {
        List<Waiting> over = new ArrayList<>(changeTo(back.jobId()));
        // Numbers begin anew with the job manager, so that an earlier attempt may have the same.
        boolean hasRepeated =
                byFirstKeyGroup.values().stream().anyMatch(each -> each.overlaps(back) && each.isOfSameAttempt(back));
        byFirstKeyGroup.values().removeIf(each -> {
            boolean isOver = hasRepeated || each.overlaps(back) || !each.isOfSameAttempt(back);
            if (isOver) {
                each.giveAll(over);
                halvesThroughMillis = Long.MIN_VALUE;
            }
            return isOver;
        });
        if (!back.jobId().isEmpty()) {
            byFirstKeyGroup.put(back.firstKeyGroup(), new Subtask(back));
        }
        return over;
    }

    private List<Waiting> changeTo(String job) {
        if (job.equals(jobId)) {
            return List.of();
        }
        List<Waiting> ofAnother = releaseAll();
        byFirstKeyGroup.clear();
        subtasks = Integer.MAX_VALUE;
        halvesThroughMillis = Long.MIN_VALUE;
        jobId = job;
        return ofAnother;
    }

    /** Whether all subtasks have begun, and said all that they say anew. */
    boolean haveAllBegun() {
        return byFirstKeyGroup.size() >= subtasks
                && byFirstKeyGroup.values().stream().noneMatch(subtask -> subtask.throughMillis == Long.MIN_VALUE);
    }

    /** Whether the row waits now. */
    boolean add(ResultRow row, @Nullable Stamp stamp, ResultPartition partition, long offset) {
        if (stamp != null) {
            newestEpochs.merge(stamp.jobId(), stamp.epoch(), Math::max);
        }
        Subtask subtask = stamp == null || !stamp.jobId().equals(jobId) ? null : of(stamp.keyGroup());
        if (stamp == null || subtask == null) {
            return false;
        }
        if (subtask.open.isEmpty()) {
            subtask.openSinceNanos = nanoTime.getAsLong();
        }
        subtask.open.add(new Waiting(stamp.jobId(), row, partition, offset));
        return true;
    }

    private @Nullable Subtask of(int keyGroup) {
        for (Subtask subtask : byFirstKeyGroup.values()) {
            if (subtask.firstKeyGroup <= keyGroup && keyGroup <= subtask.lastKeyGroup) {
                return subtask;
            }
        }
        return null;
    }

    /** A subtask has said whole flushes until here; what waits of another job, or of another life of it, is given. */
    List<Waiting> cut(Cut cut, ResultPartition partition, long offset) {
        List<Waiting> ofAnother = new ArrayList<>(changeTo(cut.jobId()));
        subtasks = cut.subtasks();
        Subtask subtask = byFirstKeyGroup.get(cut.firstKeyGroup());
        boolean hasGivenOfAnother = false;
        if (subtask == null || subtask.lifeBegunAtMillis != cut.atMillis()) {
            if (subtask != null) {
                // That may be the life that goes on, where no beginning was read: what it began to say is half said.
                give(subtask, ofAnother);
                hasGivenOfAnother = subtask.hasGivenOfOpen;
            }
            subtask = new Subtask(cut);
            byFirstKeyGroup.put(cut.firstKeyGroup(), subtask);
        }
        long since = subtask.open.isEmpty() ? nanoTime.getAsLong() : subtask.openSinceNanos;
        subtask.parts.add(new Part(cut.throughMillis(), subtask.open, since));
        subtask.throughMillis = cut.throughMillis();
        subtask.lastCut = new Place(partition, offset);
        subtask.open = new ArrayList<>();
        if (subtask.hasGivenOfOpen) {
            halvesThroughMillis = Math.max(halvesThroughMillis, cut.throughMillis());
        }
        subtask.hasGivenOfOpen = hasGivenOfAnother;
        return ofAnother;
    }

    /**
     * A checkpoint is complete. Before each all that has come is flushed and said; so where nothing is of after it, all that
     * was said is a state, and is given.
     */
    List<Waiting> settle(Settled settled) {
        List<Waiting> whole = new ArrayList<>();
        if (settled.jobId().equals(jobId) && newestEpochs.getOrDefault(jobId, Long.MIN_VALUE) <= settled.checkpoint()) {
            for (Subtask subtask : byFirstKeyGroup.values()) {
                subtask.giveAll(whole);
                subtask.hasGivenOfOpen = false;
            }
            halvesThroughMillis = Long.MIN_VALUE;
        }
        return whole;
    }

    /**
     * What need not wait any more: the newest state that is whole, or all where some has waited too long. While states come,
     * however late, the next one is waited for longer: given by halves, no later one would be whole either.
     *
     * @param caughtUp whether all that is there has been read
     */
    List<Waiting> release(boolean caughtUp) {
        List<Waiting> whole = new ArrayList<>();
        long throughMillis = throughMillis();
        long now = nanoTime.getAsLong();
        for (Subtask subtask : byFirstKeyGroup.values()) {
            while (!subtask.parts.isEmpty() && subtask.parts.element().throughMillis <= throughMillis) {
                whole.addAll(subtask.parts.remove().rows);
                stateAtNanos = now;
            }
        }
        boolean statesCome = now - stateAtNanos <= LONGEST_WAIT.toNanos();
        Duration longest = caughtUp && !statesCome ? LONGEST_WAIT : LONGEST_WAIT_WHILE_READING;
        long tooLong = now - longest.toNanos();
        boolean waitedTooLong = byFirstKeyGroup.values().stream()
                .anyMatch(subtask -> (!subtask.parts.isEmpty() && subtask.parts.element().sinceNanos < tooLong)
                        || (!subtask.open.isEmpty() && subtask.openSinceNanos < tooLong));
        if (waitedTooLong) {
            whole.addAll(releaseAll());
        }
        return whole;
    }

    /** Until when all subtasks have said all flushes. */
    private long throughMillis() {
        return byFirstKeyGroup.size() < subtasks
                ? Long.MIN_VALUE
                : byFirstKeyGroup.values().stream()
                        .mapToLong(subtask -> subtask.throughMillis)
                        .min()
                        .orElse(Long.MIN_VALUE);
    }

    /** Everything, whole or not. */
    List<Waiting> releaseAll() {
        List<Waiting> all = new ArrayList<>();
        byFirstKeyGroup.values().forEach(subtask -> give(subtask, all));
        return all;
    }

    private void give(Subtask subtask, List<Waiting> to) {
        if (!subtask.parts.isEmpty()) {
            halvesThroughMillis = Math.max(halvesThroughMillis, subtask.throughMillis);
        }
        subtask.giveAll(to);
    }

    /** Whether what was given is a state: all that was given of flushes has its other half. */
    boolean isWhole() {
        return byFirstKeyGroup.isEmpty()
                || (byFirstKeyGroup.values().stream().noneMatch(subtask -> subtask.hasGivenOfOpen)
                        && throughMillis() >= halvesThroughMillis);
    }

    /** Where the oldest of the subtasks' last cuts stands: from there on it can be known of what comes what is whole. */
    long oldestCut(ResultPartition partition) {
        return byFirstKeyGroup.values().stream()
                .map(subtask -> subtask.lastCut)
                .filter(cut -> cut != null && cut.partition.equals(partition))
                .mapToLong(cut -> Objects.requireNonNull(cut).offset)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    boolean isAny() {
        return byFirstKeyGroup.values().stream()
                .anyMatch(subtask -> !subtask.parts.isEmpty() || !subtask.open.isEmpty());
    }

    /** Moves offsets back to the oldest row that waits. */
    void hold(Map<ResultPartition, Long> offsets) {
        for (Subtask subtask : byFirstKeyGroup.values()) {
            subtask.parts.forEach(part -> hold(part.rows, offsets));
            hold(subtask.open, offsets);
        }
    }

    private static void hold(List<Waiting> rows, Map<ResultPartition, Long> offsets) {
        for (Waiting row : rows) {
            row.hold(offsets);
        }
    }
}
