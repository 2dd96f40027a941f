package org.showroomlab.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.count.GeneratedEvents;
import org.showroomlab.jobs.results.ResultRow;

/**
 * State that an earlier commit's job wrote is read by this one's: a savepoint after the first half of some events, taken
 * then and stored, is restored here, the second half comes, and the tables are those of an undisturbed run.
 *
 * <p>The folder {@code savepoints} holds one folder per generation, named by its number: the experiments, the events (the
 * first half of the lines is in the savepoint) and Flink's {@code _metadata}, which holds all state. When a format's
 * bytes change, its version goes up, {@code read} keeps understanding the old version, the folders that are there stay,
 * and a new one is made and committed:
 *
 * <pre>
 * mvn -pl jobs -am test -Dtest=SavepointTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dsavepoint.folder=src/test/resources/savepoints/2
 * </pre>
 */
@SuppressWarnings("try") // closing a harness may be interrupted, which then fails the test like anything else
class SavepointTest {
    private static final int WORLDS = 10;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(3)
            .build());

    @Test
    void everyStoredSavepointIsGoneOnFrom() throws Exception {
        List<Path> generations = generations();
        assertThat(generations).isNotEmpty();
        for (Path generation : generations) {
            List<LoadedExperiment> experiments = ExperimentFiles.load(generation.resolve("experiments"));
            List<String> lines = Files.readAllLines(generation.resolve("events.ndjson"));
            SavepointRun run = new SavepointRun(experiments, lines);
            Set<ResultRow> expected = rows(experiments, lines).all();
            for (int parallelism = 1; parallelism <= 3; parallelism++) {
                // What a reader had when the savepoint was taken.
                FinalRows rows = rows(experiments, lines.subList(0, run.half()));
                run.goOnFrom(SavepointRun.environment(parallelism), generation, rows);
                assertThat(FinalRows.withoutDeadLetters(rows.all()))
                        .as("%s, parallelism %d", generation.getFileName(), parallelism)
                        .isEqualTo(FinalRows.withoutDeadLetters(expected));
            }
        }
    }

    @Test
    void aSavepointOfOtherExperimentsIsRefused() throws Exception {
        Path generation = generations().get(0);
        List<LoadedExperiment> experiments = ExperimentFiles.load(generation.resolve("experiments"));
        List<LoadedExperiment> fewer = experiments.subList(1, experiments.size());
        SavepointRun run = new SavepointRun(fewer, Files.readAllLines(generation.resolve("events.ndjson")));
        assertThatThrownBy(() -> run.goOnFrom(SavepointRun.environment(1), generation, new FinalRows()))
                .hasStackTraceContaining("this state was written with other experiments");
    }

    private static List<Path> generations() throws Exception {
        Path folder = Path.of(Objects.requireNonNull(SavepointTest.class.getResource("/savepoints"))
                .toURI());
        try (Stream<Path> generations = Files.list(folder)) {
            return generations.sorted().toList();
        }
    }

    private static FinalRows rows(List<LoadedExperiment> experiments, List<String> lines) throws Exception {
        LoadedPlan plan = LoadedPlan.of(experiments, SavepointRun.SOURCES);
        List<byte[]> records = new ArrayList<>();
        lines.forEach(line -> records.add(line.getBytes(StandardCharsets.UTF_8)));
        try (Pipeline pipeline = Pipeline.start(plan, CountingJob.Options.BOUNDED, 1)) {
            pipeline.deliver(records);
            return pipeline.finish();
        }
    }

    /** Makes a savepoint for the commits to come. */
    @Test
    @EnabledIfSystemProperty(named = "savepoint.folder", matches = ".+")
    void write() throws Exception {
        Path folder = Path.of(System.getProperty("savepoint.folder"));
        Path experiments = Files.createDirectories(folder.resolve("experiments"));
        for (LoadedExperiment experiment : GeneratedEvents.experiments()) {
            Files.writeString(experiments.resolve(experiment.file()), experiment.yaml());
        }
        List<String> lines = new ArrayList<>();
        Worlds.of(WORLDS, 42).forEach(record -> lines.add(new String(record, StandardCharsets.UTF_8)));
        Files.write(folder.resolve("events.ndjson"), lines);
        new SavepointRun(ExperimentFiles.load(experiments), lines).write(SavepointRun.environment(2), folder);
        assertThat(Files.size(folder.resolve("_metadata"))).isBetween(10_000L, 400_000L);
    }
}
