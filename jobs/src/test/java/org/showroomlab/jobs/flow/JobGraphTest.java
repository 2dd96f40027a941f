package org.showroomlab.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.count.GeneratedEvents;
import org.showroomlab.jobs.run.JobEnvironment;
import org.showroomlab.jobs.source.EventSources;
import org.showroomlab.jobs.source.ResultSinks;

/** What must hold of the graph that is submitted, so that saved state finds its operators again. */
class JobGraphTest {
    private static final int PARALLELISM = 3;

    /** The job from topics to topics, as a cluster runs it. */
    private static StreamExecutionEnvironment live() {
        StreamExecutionEnvironment env = JobEnvironment.embedded(PARALLELISM);
        CountingJob job = new CountingJob(GeneratedEvents.experiments(), CountingJob.Options.LIVE);
        String nowhere = "127.0.0.1:1";
        ResultSinks.toTopics(
                job.count(
                        EventSources.topics(env, nowhere, "showroom-test", CountingJob.Options.LIVE.clockAheadMillis()),
                        EventSources.TOPICS),
                nowhere);
        return env;
    }

    @Test
    void everyOperatorHasAUidOfItsOwn() {
        StreamGraph graph = live().getStreamGraph();
        Set<String> uids = new HashSet<>();
        for (StreamNode node : graph.getStreamNodes()) {
            assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotBlank();
            assertThat(uids.add(node.getTransformationUID()))
                    .as(node.getTransformationUID())
                    .isTrue();
        }
        assertThat(uids)
                .contains(
                        "topics",
                        "decode",
                        "identities",
                        "visitors",
                        "clusters",
                        "totals",
                        "accounting",
                        "progress",
                        "dead-letter-rows");
    }

    @Test
    void theMaximumParallelismIsFixed() {
        JobGraph graph = live().getStreamGraph().getJobGraph();
        for (JobVertex vertex : graph.getVertices()) {
            assertThat(vertex.getMaxParallelism()).as(vertex.getName()).isEqualTo(JobEnvironment.MAX_PARALLELISM);
        }
    }

    /** A batch is built for the subtasks of the next operator, which are as many as its own. */
    @Test
    void operatorsThatExchangeBatchesHaveTheSameParallelism() {
        for (StreamNode node : live().getStreamGraph().getStreamNodes()) {
            assertThat(node.getParallelism()).as(node.getOperatorName()).isEqualTo(PARALLELISM);
        }
    }

    /** A batch that stood in a checkpoint could not be dealt to another number of subtasks. */
    @Test
    void barriersAreAlignedWhateverTheClusterSays() {
        assertThat(live().getCheckpointConfig().isUnalignedCheckpointsEnabled()).isFalse();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        env.enableCheckpointing(1000);
        env.getCheckpointConfig().enableUnalignedCheckpoints();
        assertThat(JobEnvironment.configured(env).getCheckpointConfig().isUnalignedCheckpointsEnabled())
                .isFalse();
    }

    /** Something without a format of its own. */
    static final class Unwritten {
        private final Object what = new Object();

        @Override
        public String toString() {
            return what.toString();
        }
    }

    @Test
    void aTypeThatWouldNeedKryoIsRefused() {
        StreamExecutionEnvironment env = live();
        assertThat(env.getConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
        assertThatThrownBy(() -> {
                    env.fromData(List.of(1))
                            .map(i -> new Unwritten())
                            .returns(Unwritten.class)
                            .rebalance()
                            .sinkTo(new DiscardingSink<>());
                    env.getStreamGraph().getJobGraph();
                })
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Generic types have been disabled");
    }
}
