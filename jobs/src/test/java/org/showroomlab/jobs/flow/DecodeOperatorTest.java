package org.showroomlab.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.count.GeneratedEvents;
import org.showroomlab.jobs.observe.Observer;
import org.showroomlab.jobs.observe.RawRecords;
import org.showroomlab.jobs.observe.TopicRecords;
import org.showroomlab.jobs.packed.Batch;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.DeadLetterRow;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.jobs.wire.BatchFormat;
import org.showroomlab.jobs.wire.WireType;

/** Records as they come in: lines of files and single records, good and bad ones. */
@SuppressWarnings("try") // closing a harness may be interrupted, which then fails the test like anything else
class DecodeOperatorTest {
    private static final LoadedPlan PLAN = LoadedPlan.of(GeneratedEvents.experiments(), List.of("a", "b"));
    private static final CountingJob.Options OPTIONS = CountingJob.Options.BOUNDED;
    private static final long TS = 1_767_700_000_000L;

    private static Subtasks<Integer, RawRecords, Batch> open(
            LoadedPlan plan, CountingJob.Options options, @Nullable OperatorSubtaskState state) throws Exception {
        return Subtasks.open(
                new Subtasks.Definition<>(
                        () -> new DecodeOperator(plan, options),
                        null,
                        Types.INT,
                        WireType.writtenBy(BatchFormat.class)),
                1,
                state,
                1);
    }

    private static String visit(String id, long millis) {
        return """
                {"type":"visit","id":"%s","ts":%d,"showroom":"s1","visitor":"v","exposures":{"first":"a"}}""".formatted(id, millis);
    }

    private static RawRecords lines(long firstLine, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // What stands behind the lines is of other lines that were in the array before.
        byte[] usedBefore = Arrays.copyOf(bytes, bytes.length + 100);
        Arrays.fill(usedBefore, bytes.length, usedBefore.length, (byte) '7');
        return new RawRecords(1, RawRecords.FILE, firstLine, usedBefore, bytes.length);
    }

    private static RawRecords record(int partition, long offset, long arrivalMillis, String text) {
        return TopicRecords.of(0, partition, offset, arrivalMillis, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void linesAreCountedBlankOrNotAndBadOnesSayTheirNumber() throws Exception {
        try (Subtasks<Integer, RawRecords, Batch> decode = open(PLAN, OPTIONS, null)) {
            decode.process(
                    lines(11, visit("a", TS) + "\n\n" + "{broken\r\n" + "  \t\r\n" + visit("b", TS + 1) + "\r\n"));
            decode.process(lines(16, "[]\n" + visit("c", TS + 2)));
            decode.prepareSnapshot(1);
            assertThat(decode.take(DecodeOperator.DEAD_LETTERS))
                    .extracting(DeadLetterRow::source, DeadLetterRow::position, letter -> text(letter))
                    .containsExactly(tuple("b", "13", "{broken"), tuple("b", "16", "[]"));
            assertThat(decode.take(FlushingOperator.ACCOUNTING))
                    .singleElement()
                    .isEqualTo(AccountChange.of(new AccountingRow("b", 5, 0, 0, 0, 0, 2, 0, 0, TS + 2)));
            assertThat(observations(decode.take())).isEqualTo(3);
            assertThat(decode.take(DecodeOperator.PROGRESS)).containsExactly(new ShowroomProgress("s1", TS + 2));
        }
    }

    @Test
    void lineEndsDoNotBelongToTheContent() throws Exception {
        try (Subtasks<Integer, RawRecords, Batch> decode = open(PLAN, OPTIONS, null)) {
            decode.process(lines(1, visit("a", TS) + "\r\n"));
            decode.prepareSnapshot(1);
            byte[] withCarriageReturn = decode.take().get(0).bytes();
            decode.process(lines(1, visit("a", TS)));
            decode.prepareSnapshot(2);
            assertThat(decode.take().get(0).bytes()).isEqualTo(withCarriageReturn);
        }
    }

    @Test
    void aRecordThatIsSetAsideSaysPartitionAndOffset() throws Exception {
        try (Subtasks<Integer, RawRecords, Batch> decode = open(PLAN, OPTIONS, null)) {
            decode.process(record(3, 42, Long.MAX_VALUE, "{\"type\":\"visit\"}"));
            decode.process(record(3, 43, Long.MAX_VALUE, ""));
            assertThat(decode.take(DecodeOperator.DEAD_LETTERS))
                    .extracting(DeadLetterRow::source, DeadLetterRow::position)
                    .containsExactly(tuple("a", "3/42"), tuple("a", "3/43"));
        }
    }

    @Test
    void eventsAtOrAfterTheAsOfTimeAreLeftOut() throws Exception {
        try (Subtasks<Integer, RawRecords, Batch> decode = open(PLAN, OPTIONS.asOf(TS), null)) {
            decode.process(lines(1, visit("a", TS - 1) + "\n" + visit("b", TS) + "\n" + visit("c", TS + 1)));
            decode.prepareSnapshot(1);
            assertThat(decode.take(FlushingOperator.ACCOUNTING))
                    .extracting(told -> Objects.requireNonNull(told.change()).received())
                    .containsExactly(1L);
            assertThat(observations(decode.take())).isEqualTo(1);
        }
    }

    @Test
    void aClockAheadOfTheArrivalIsADeadLetterFromTheBoundOn() throws Exception {
        CountingJob.Options options = OPTIONS.withClockAhead(Duration.ofHours(1));
        long hour = Duration.ofHours(1).toMillis();
        try (Subtasks<Integer, RawRecords, Batch> decode = open(PLAN, options, null)) {
            decode.process(record(0, 1, TS - hour, visit("at the bound", TS)));
            decode.process(record(0, 2, TS - hour - 1, visit("beyond", TS)));
            decode.prepareSnapshot(1);
            DeadLetterRow letter =
                    decode.take(DecodeOperator.DEAD_LETTERS).iterator().next();
            assertThat(letter.code()).isEqualTo("clock_ahead");
            assertThat(letter.field()).isEqualTo("ts");
            assertThat(letter.position()).isEqualTo("0/2");
            assertThat(decode.take(FlushingOperator.ACCOUNTING))
                    .singleElement()
                    .isEqualTo(AccountChange.of(new AccountingRow("a", 2, 0, 0, 0, 0, 1, 0, 0, TS)));
        }
    }

    /** Files do not say when a record arrived. */
    @Test
    void aLineIsNeverAheadOfItsArrival() throws Exception {
        try (Subtasks<Integer, RawRecords, Batch> decode = open(PLAN, OPTIONS, null)) {
            decode.process(lines(1, visit("a", TS + Duration.ofDays(20_000).toMillis())));
            assertThat(decode.take(DecodeOperator.DEAD_LETTERS)).isEmpty();
        }
    }

    @Test
    void stateOfOtherExperimentsIsRefused() throws Exception {
        OperatorSubtaskState state = stateOf(OPTIONS);
        LoadedPlan fewer = LoadedPlan.of(GeneratedEvents.experiments().subList(0, 2), List.of("a", "b"));
        assertThatThrownBy(() -> open(fewer, OPTIONS, state))
                .hasStackTraceContaining("this state was written with other experiments");
        LoadedPlan otherSources = LoadedPlan.of(GeneratedEvents.experiments(), List.of("a", "c"));
        assertThatThrownBy(() -> open(otherSources, OPTIONS, state))
                .hasStackTraceContaining("this state was written with other experiments");
    }

    /** A bucket of the one would be taken for a bucket of the other. */
    @Test
    void stateCutInOtherBucketsIsRefused() throws Exception {
        OperatorSubtaskState state = stateOf(OPTIONS);
        assertThatThrownBy(() -> open(PLAN, OPTIONS.withFineState(), state))
                .hasStackTraceContaining("this state was written for another state backend");
        open(PLAN, OPTIONS, state).close();
    }

    private static OperatorSubtaskState stateOf(CountingJob.Options options) throws Exception {
        try (Subtasks<Integer, RawRecords, Batch> decode = open(PLAN, options, null)) {
            decode.prepareSnapshot(1);
            return decode.snapshot(1);
        }
    }

    private static String text(DeadLetterRow letter) {
        return new String(letter.bytes(), StandardCharsets.UTF_8);
    }

    private static int observations(List<Batch> batches) {
        int observations = 0;
        for (Batch batch : batches) {
            for (int at = 0; at < batch.length(); at += Observer.size(batch.bytes(), at)) {
                observations++;
            }
        }
        return observations;
    }
}
