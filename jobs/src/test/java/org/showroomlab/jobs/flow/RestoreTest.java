package org.showroomlab.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.count.GeneratedEvents;
import org.showroomlab.jobs.results.ResultRow;

/** All operators, taken down in the middle and set up again on their state, as many or more or fewer of each. */
@SuppressWarnings("try") // closing a harness may be interrupted, which then fails the test like anything else
class RestoreTest {
    private static final LoadedPlan PLAN = LoadedPlan.of(GeneratedEvents.experiments(), List.of("a"));
    private static final CountingJob.Options OPTIONS = CountingJob.Options.BOUNDED;

    @Test
    void aRestoreAtTheSameParallelismChangesNothing() throws Exception {
        for (long seed = 0; seed < 4; seed++) {
            List<byte[]> records = GeneratedEvents.of(seed);
            assertThat(interrupted(records, seed, 1, 1)).as("world %d", seed).isEqualTo(undisturbed(records));
        }
    }

    @Test
    void moreSubtasksThanBeforeChangeNothing() throws Exception {
        List<byte[]> records = Worlds.of(8, 1);
        Set<ResultRow> expected = undisturbed(records);
        assertThat(expected).hasSizeGreaterThan(100);
        assertThat(interrupted(records, 1, 1, 2)).isEqualTo(expected);
        assertThat(interrupted(records, 2, 2, 3)).isEqualTo(expected);
    }

    @Test
    void fewerSubtasksThanBeforeChangeNothing() throws Exception {
        List<byte[]> records = Worlds.of(8, 2);
        Set<ResultRow> expected = undisturbed(records);
        assertThat(interrupted(records, 3, 2, 1)).isEqualTo(expected);
        assertThat(interrupted(records, 4, 4, 3)).isEqualTo(expected);
    }

    @Test
    void anOrderAndACheckpointPerRecordChangeNothing() throws Exception {
        List<byte[]> records = GeneratedEvents.of(3);
        try (Pipeline pipeline = Pipeline.start(PLAN, OPTIONS, 1)) {
            for (byte[] record : GeneratedEvents.shuffled(records, 5)) {
                pipeline.deliver(List.of(record));
                pipeline.checkpoint();
            }
            assertThat(FinalRows.withoutDeadLetters(pipeline.end()))
                    .isEqualTo(FinalRows.withoutDeadLetters(undisturbed(records)));
        }
    }

    /** What came after the snapshot is gone with the failure, and comes again. */
    @Test
    void whatWasSaidAfterTheSnapshotIsSaidAgain() throws Exception {
        List<byte[]> records = Worlds.of(6, 3);
        int half = records.size() / 2;
        Pipeline.Snapshot snapshot;
        try (Pipeline first = Pipeline.start(PLAN, CountingJob.Options.LIVE, 2)) {
            first.deliver(records.subList(0, half));
            snapshot = first.checkpoint();
            first.deliver(records.subList(half, half + half / 2));
            first.checkpoint();
        }
        try (Pipeline second = Pipeline.restore(PLAN, CountingJob.Options.LIVE, 2, snapshot)) {
            second.deliver(records.subList(half, records.size()));
            assertThat(new HashSet<>(second.end())).isEqualTo(undisturbed(records));
        }
    }

    private static Set<ResultRow> undisturbed(List<byte[]> records) throws Exception {
        try (Pipeline pipeline = Pipeline.start(PLAN, OPTIONS, 1)) {
            pipeline.deliver(records);
            return new HashSet<>(pipeline.end());
        }
    }

    /** Two restores at moments chosen by the seed, the second back at the parallelism before. */
    private static Set<ResultRow> interrupted(List<byte[]> records, long seed, int before, int after) throws Exception {
        Random random = new Random(seed);
        int first = random.nextInt(records.size() + 1);
        int second = first + random.nextInt(records.size() - first + 1);
        Pipeline.Snapshot snapshot;
        try (Pipeline pipeline = Pipeline.start(PLAN, OPTIONS, before)) {
            pipeline.deliver(records.subList(0, first));
            snapshot = pipeline.checkpoint();
        }
        try (Pipeline pipeline = Pipeline.restore(PLAN, OPTIONS, after, snapshot)) {
            pipeline.deliver(records.subList(first, second));
            snapshot = pipeline.checkpoint();
        }
        try (Pipeline pipeline = Pipeline.restore(PLAN, OPTIONS, before, snapshot)) {
            pipeline.deliver(records.subList(second, records.size()));
            return new HashSet<>(pipeline.end());
        }
    }
}
