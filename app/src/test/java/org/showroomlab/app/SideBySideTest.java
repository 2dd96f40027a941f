package org.showroomlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.app.broker.ShowroomTopics;
import org.showroomlab.app.embedded.EmbeddedBroker;
import org.showroomlab.app.embedded.EmbeddedJob;
import org.showroomlab.app.live.DeliveryReplay;
import org.showroomlab.app.live.ResultsFeed;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.ingest.simulate.Delivery;
import org.showroomlab.jobs.run.NamedJob;
import org.showroomlab.reports.store.Store;
import org.showroomlab.reports.store.StoreReader;
import org.showroomlab.reports.verify.Difference;
import org.showroomlab.reports.verify.Verification;
import org.showroomlab.reports.verify.Verify;

/** Two named jobs on one set of topics, one topic of results and one store: neither touches what the other says. */
class SideBySideTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<NamedJob> JOBS = Stream.of("ttl-speed", "price-elasticity")
            .map(name -> NamedJob.of(name).orElseThrow())
            .toList();

    @TempDir
    Path folder;

    @RegisterExtension
    final Running running = new Running();

    @Test
    void eachJobSaysWhatARunOverItsExperimentsSays() throws Exception {
        Quarter quarter = Quarter.of(400, 5);
        List<LoadedExperiment> experiments = quarter.experiments();
        List<LoadedExperiment> counted =
                JOBS.stream().flatMap(job -> job.among(experiments).stream()).toList();
        Path files = folder.resolve("files");
        quarter.writeTo(files);
        Files.writeString(files.resolve("events/broken.ndjson"), "{\"type\":\"visit\",\"broken\n");

        Path database = folder.resolve("live.duckdb");
        Store live = running.hold(Store.open(database));
        live.registerExperiments(counted);
        EmbeddedBroker broker = running.hold(EmbeddedBroker.start(Files.createDirectory(folder.resolve("broker"))));
        ShowroomTopics.createOn(broker.brokers());
        for (NamedJob job : JOBS) {
            running.hold(EmbeddedJob.start(
                    job, broker.brokers(), experiments, Files.createDirectory(folder.resolve(job.name())), 1));
        }
        running.hold(ResultsFeed.start(broker.brokers(), live));
        new DeliveryReplay(broker.brokers(), DeliveryReplay.WITHOUT_PAUSES)
                .send(withABrokenOne(quarter.simulation().deliveries()), (count, millis) -> {});

        for (NamedJob job : JOBS) {
            try (Store bounded = Store.open(folder.resolve(job.name() + ".duckdb"))) {
                Quarter.count(job.among(experiments), files, bounded);
                for (LoadedExperiment each : job.among(experiments)) {
                    String id = each.experiment().id();
                    Said expected = Said.of(bounded, id);
                    assertThat(expected.rows()).as(id).isNotEmpty();
                    assertThat(expected.accounting().deadLettered()).isPositive();
                    Await.until(PATIENCE, () -> Said.of(live, id).equals(expected));
                    assertThat(Said.of(live, id)).isEqualTo(expected);
                    assertThat(expected.accounting().closes()).isTrue();
                }
            }
        }
        List<String> feeds = live.read(StoreReader::feeds);
        assertThat(feeds).containsExactly("live:price-elasticity", "live:ttl-speed");

        // Both accountings, in the same file, stand up to a recomputation.
        running.close();
        List<Difference> differences = new ArrayList<>();
        Verification found = new Verify(
                        counted.stream().map(LoadedExperiment::experiment).toList(), Long.MAX_VALUE, line -> {})
                .compare(database, List.of(files.resolve("events")), differences::add);
        assertThat(differences).isEmpty();
        assertThat(found.differenceCount()).isZero();
    }

    private static Iterator<Delivery> withABrokenOne(Iterator<Delivery> deliveries) {
        List<Delivery> all = new ArrayList<>();
        deliveries.forEachRemaining(all::add);
        all.add(new Delivery(
                all.get(all.size() - 1).deliveredAtMillis(),
                EventType.VISIT,
                new byte[0],
                "{\"type\":\"visit\",\"broken".getBytes(StandardCharsets.UTF_8)));
        return all.iterator();
    }
}
