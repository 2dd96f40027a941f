package org.showroomlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.app.broker.ShowroomTopics;
import org.showroomlab.app.embedded.EmbeddedBroker;
import org.showroomlab.app.embedded.EmbeddedJob;
import org.showroomlab.app.live.DeliveryReplay;
import org.showroomlab.app.live.ResultsFeed;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.run.NamedJob;
import org.showroomlab.reports.store.Store;
import org.showroomlab.reports.store.StoreReader;

/**
 * An experiment's owner corrects its file while it is live, so the job starts anew, without state. What the first one has
 * said of days that are no longer counted is in the topic of results, settled, and not said again.
 */
class ResubmittedJobTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final NamedJob JOB = NamedJob.of("price-elasticity").orElseThrow();

    @TempDir
    Path folder;

    @RegisterExtension
    final Running running = new Running();

    @Test
    void onlyWhatTheCorrectedFileSaysIsLeft() throws Exception {
        Quarter quarter = Quarter.of(300, 8);
        LoadedExperiment first = JOB.among(quarter.experiments()).get(0);
        LoadedExperiment corrected = startingLater(first);
        Path files = folder.resolve("files");
        quarter.writeTo(files);
        Path database = folder.resolve("live.duckdb");
        Store live = running.hold(Store.open(database));
        EmbeddedBroker broker = running.hold(EmbeddedBroker.start(Files.createDirectory(folder.resolve("broker"))));
        ShowroomTopics.createOn(broker.brokers());
        new DeliveryReplay(broker.brokers(), DeliveryReplay.WITHOUT_PAUSES)
                .send(quarter.simulation().deliveries(), (count, millis) -> {});

        ResultsFeed feed = ResultsFeed.start(broker.brokers(), live);
        EmbeddedJob job = start(broker, first, "first");
        awaitWhatARunSays(live, first, files);
        job.close();

        Said before = Said.of(live, first.experiment().id());
        Set<Set<Object>> states = statesFromNowOn(live, first.experiment().id());
        running.hold(start(broker, corrected, "corrected"));
        awaitWhatARunSays(live, corrected, files);
        feed.close();
        // What it has counted of topics that are read to different places is no state.
        assertThat(states)
                .isSubsetOf(
                        before.rows(), Said.of(live, first.experiment().id()).rows());

        // A database that is new reads what both have said.
        Store later = running.hold(Store.open(folder.resolve("later.duckdb")));
        running.hold(ResultsFeed.start(broker.brokers(), later));
        awaitWhatARunSays(later, corrected, files);
    }

    /** What is stored after each change that leaves a state. */
    private static Set<Set<Object>> statesFromNowOn(Store live, String experiment) {
        Set<Set<Object>> states = ConcurrentHashMap.newKeySet();
        live.onChange(() -> {
            if (!live.restating().contains(experiment)) {
                states.add(live.read(reader -> Said.rows(reader, experiment)));
            }
        });
        return states;
    }

    private EmbeddedJob start(EmbeddedBroker broker, LoadedExperiment experiment, String name) throws Exception {
        return EmbeddedJob.start(
                JOB, broker.brokers(), List.of(experiment), Files.createDirectory(folder.resolve(name)), 1);
    }

    private void awaitWhatARunSays(Store live, LoadedExperiment experiment, Path files) throws Exception {
        String id = experiment.experiment().id();
        try (Store bounded = Store.inMemory()) {
            Quarter.count(List.of(experiment), files, bounded);
            Said expected = Said.of(bounded, id);
            assertThat(expected.rows()).isNotEmpty();
            // Nobody has registered it: what it is comes with the results.
            Await.until(PATIENCE, () -> live.read(StoreReader::experimentIds).contains(id));
            Await.until(PATIENCE, () -> Said.of(live, id).equals(expected));
            assertThat(Said.of(live, id)).isEqualTo(expected);
        }
    }

    private static LoadedExperiment startingLater(LoadedExperiment first) {
        Instant start = first.experiment().start();
        String yaml = first.yaml().replace("start: " + start, "start: " + start.plus(Duration.ofDays(21)));
        LoadedExperiment corrected = ExperimentFiles.parse(first.file(), yaml);
        assertThat(corrected.experiment().start()).isAfter(start);
        return corrected;
    }
}
