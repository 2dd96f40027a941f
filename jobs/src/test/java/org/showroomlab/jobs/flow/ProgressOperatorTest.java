package org.showroomlab.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.count.GeneratedEvents;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.ShowroomProgress;

@SuppressWarnings("try") // closing a harness may be interrupted, which then fails the test like anything else
class ProgressOperatorTest {
    /** A reader forgets what the submission before has said, or knows what was said after the checkpoint. */
    @Test
    void whatIsKnownIsSaidAnewAfterGoingBack() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness()) {
            harness.open();
            harness.processElement(new ShowroomProgress("lisboa", 5), 0);
            harness.processElement(new ShowroomProgress("lisboa", 4), 0);
            harness.processElement(new ShowroomProgress("porto", 3), 0);
            harness.setProcessingTime(1_000);
            assertThat(said(harness))
                    .containsExactlyInAnyOrder(new ShowroomProgress("lisboa", 5), new ShowroomProgress("porto", 3));
            state = harness.snapshot(1, 0);
        }
        try (var harness = harness()) {
            harness.initializeState(state);
            harness.open();
            harness.setProcessingTime(1_000);
            assertThat(said(harness))
                    .containsExactlyInAnyOrder(new ShowroomProgress("lisboa", 5), new ShowroomProgress("porto", 3));
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, ShowroomProgress, Tuple2<String, byte[]>> harness()
            throws Exception {
        LoadedPlan plan = LoadedPlan.of(GeneratedEvents.experiments(), List.of("a"));
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new ProgressOperator(plan, CountingJob.Options.LIVE), ShowroomProgress::showroom, Types.STRING);
    }

    private static List<ResultRow> said(
            KeyedOneInputStreamOperatorTestHarness<String, ShowroomProgress, Tuple2<String, byte[]>> harness) {
        return harness.extractOutputValues().stream()
                .map(said -> ResultCodec.decode(said.f1))
                .toList();
    }
}
