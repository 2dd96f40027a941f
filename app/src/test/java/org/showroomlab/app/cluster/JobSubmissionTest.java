package org.showroomlab.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.showroomlab.app.cluster.ClusterSettings.StateBackend;
import org.showroomlab.jobs.run.NamedJob;

/** What a submission hands to Flink's client. */
class JobSubmissionTest {
    private static final Path JAR = Path.of("jobs.jar");

    private static JobSubmission submission(@Nullable StateBackend state) {
        return new JobSubmission(
                NamedJob.ALL.get(0),
                "flink:8081",
                "kafka:9092",
                Path.of("/experiments"),
                2,
                Duration.ofSeconds(5),
                null,
                state,
                Duration.ofDays(7),
                Duration.ofHours(3));
    }

    @Test
    void theStateBackendReachesClusterAndJob() {
        assertThat(submission(StateBackend.ROCKSDB).run(JAR, "rocksdb"))
                .contains("-Dstate.backend.type=rocksdb")
                .containsSequence("--state", "rocksdb");
    }

    /** The job is built outside the cluster, and must know how its state will be kept. */
    @Test
    void withoutOneTheClustersIsSaidToTheJob() {
        List<String> arguments = submission(null).run(JAR, "rocksdb");
        assertThat(arguments).contains("-Dstate.backend.type=rocksdb").doesNotContain("--state");
    }

    @Test
    void theBoundsReachTheJob() {
        assertThat(submission(null).run(JAR, "hashmap"))
                .containsSequence("--lateness-days", "7")
                .containsSequence("--clock-ahead-hours", "3");
    }
}
