package org.showroomlab.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingTaskMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.count.GeneratedEvents;
import org.showroomlab.jobs.results.AccountingRow;

/** The counts of the accounting as whoever watches the cluster sees them. */
@SuppressWarnings("try") // closing a harness may be interrupted, which then fails the test like anything else
class AccountingMetricsTest {
    @Test
    void everyCountIsAGauge() throws Exception {
        InterceptingOperatorMetricGroup metrics = new InterceptingOperatorMetricGroup();
        LoadedPlan plan = LoadedPlan.of(GeneratedEvents.experiments(), List.of("a", "b"));
        try (MockEnvironment environment = new MockEnvironmentBuilder()
                        .setMetricGroup(new InterceptingTaskMetricGroup() {
                            @Override
                            public InternalOperatorMetricGroup getOrAddOperator(
                                    OperatorID id, String name, Map<String, String> variables) {
                                return metrics;
                            }
                        })
                        .build();
                var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                        new AccountingOperator(plan, CountingJob.Options.LIVE),
                        AccountChange::key,
                        Types.STRING,
                        environment)) {
            harness.open();
            harness.processElement(AccountChange.of(new AccountingRow("a", 100, 50, 20, 22, 7, 8, 4, 3, 1)), 0);
            harness.processElement(AccountChange.of(new AccountingRow("b", 1000, 900, 40, 55, 6, 5, 2, 1, 2)), 0);
            // A duplicate that wins takes back what the loser was.
            harness.processElement(AccountChange.of(new AccountingRow("a", 0, -1, 0, 1, 0, 0, 0, 0, 1)), 0);
            Map<String, Long> expected = Map.of(
                    "received", 1100L,
                    "counted", 949L,
                    "in_no_experiment", 60L,
                    "duplicates", 78L,
                    "conflicting_duplicates", 13L,
                    "dead_lettered", 13L,
                    "late", 6L,
                    "unknown_exposures", 4L);
            expected.forEach(
                    (name, value) -> assertThat(value(metrics, name)).as(name).isEqualTo(value));
            // The source and the newest time are no counts; all else must be there.
            assertThat(expected).hasSize(AccountingRow.class.getRecordComponents().length - 2);
        }
    }

    private static Object value(InterceptingOperatorMetricGroup metrics, String name) {
        return ((Gauge<?>) metrics.get(name)).getValue();
    }
}
