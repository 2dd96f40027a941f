package org.showroomlab.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.util.ParameterTool;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.flow.CountingJob;
import org.showroomlab.jobs.source.InputProblem;

/** What the job makes of its arguments. */
class CountingMainTest {
    private static CountingJob.Options options(String... arguments) {
        ParameterTool parameters = ParameterTool.fromArgs(arguments);
        return CountingMain.options(parameters, CountingMain.stateBackend(parameters));
    }

    @Test
    void withoutArgumentsTheDefaultsHold() {
        assertThat(options()).isEqualTo(CountingJob.Options.LIVE);
    }

    @Test
    void stateThatIsKeptAsBytesIsCutFinely() {
        assertThat(options("--state", "rocksdb")).isEqualTo(CountingJob.Options.LIVE.withFineState());
        assertThat(options("--state", "heap")).isEqualTo(CountingJob.Options.LIVE);
    }

    @Test
    void withoutAnArgumentTheConfigurationSaysWhereStateLives() {
        Configuration configuration = new Configuration();
        ParameterTool none = ParameterTool.fromArgs(new String[0]);
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        assertThat(CountingMain.options(none, configuration)).isEqualTo(CountingJob.Options.LIVE.withFineState());
        configuration.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        assertThat(CountingMain.options(none, configuration)).isEqualTo(CountingJob.Options.LIVE);
    }

    @Test
    void theArgumentReachesTheJobsConfiguration() {
        assertThat(CountingMain.stateBackend(ParameterTool.fromArgs(new String[] {"--state", "rocksdb"}))
                        .get(StateBackendOptions.STATE_BACKEND))
                .isEqualTo("rocksdb");
        assertThat(CountingMain.stateBackend(ParameterTool.fromArgs(new String[0]))
                        .contains(StateBackendOptions.STATE_BACKEND))
                .isFalse();
    }

    @Test
    void latenessAndClocksAreBounded() {
        CountingJob.Options options = options("--lateness-days", "3", "--clock-ahead-hours", "0");
        assertThat(options.latenessMillis()).isEqualTo(Duration.ofDays(3).toMillis());
        assertThat(options.clockAheadMillis()).isZero();
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThatThrownBy(() -> options("--state", "disk"))
                .isInstanceOf(InputProblem.class)
                .hasMessage("--state is 'disk'; allowed: heap, rocksdb");
        assertThatThrownBy(() -> options("--lateness-days", "-1"))
                .isInstanceOf(InputProblem.class)
                .hasMessage("--lateness-days is '-1'; allowed: 0 to 3650");
        assertThatThrownBy(() -> options("--clock-ahead-hours", "soon"))
                .isInstanceOf(InputProblem.class)
                .hasMessageStartingWith("--clock-ahead-hours is 'soon'");
    }
}
