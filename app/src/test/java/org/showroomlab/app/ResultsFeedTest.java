package org.showroomlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.app.broker.ShowroomTopics;
import org.showroomlab.app.embedded.EmbeddedBroker;
import org.showroomlab.app.live.ResultsFeed;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.Cut;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.results.Stamp;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.jobs.source.ResultSinks;
import org.showroomlab.reports.store.Interruption;
import org.showroomlab.reports.store.Store;

class ResultsFeedTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @RegisterExtension
    final Running running = new Running();

    /** Otherwise pages would go on as if there were nothing new. */
    @Test
    void brokersThatDoNotAnswerAreSaid() throws Exception {
        Store store = running.hold(Store.inMemory());
        try (EmbeddedBroker broker = EmbeddedBroker.start(Files.createDirectory(folder.resolve("broker")))) {
            ShowroomTopics.createOn(broker.brokers());
            running.hold(ResultsFeed.start(broker.brokers(), store));
            assertThat(store.interruption()).isEmpty();
        }
        Await.until(PATIENCE, () -> store.interruption().isPresent());
        assertThat(store.interruption().map(Interruption::reason).orElse("nothing"))
                .contains("do not answer");
    }

    /** Each attempt reaches the brokers; that says nothing of whether anything can be taken in. */
    @Test
    void aFailureThatLastsIsOneInterruption() throws Exception {
        Store store = running.hold(Store.inMemory());
        store.registerExperiments(List.of(experiment("e")));
        EmbeddedBroker broker = running.hold(EmbeddedBroker.start(Files.createDirectory(folder.resolve("broker"))));
        ShowroomTopics.createOn(broker.brokers());
        send(broker, "{broken");
        running.hold(ResultsFeed.start(broker.brokers(), store));
        Await.until(PATIENCE, () -> store.interruption().isPresent());
        Optional<Interruption> first = store.interruption();
        assertThat(first).isPresent();
        long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
        while (System.nanoTime() < end) {
            assertThat(store.interruption()).isEqualTo(first);
            Thread.sleep(1);
        }
        assertThat(store.restating()).containsExactly("e");
    }

    /** The thread would be gone, and the pages go on as if there were nothing new. */
    @Test
    void anErrorEndsNothing() throws Exception {
        Store store = running.hold(Store.inMemory());
        EmbeddedBroker broker = running.hold(EmbeddedBroker.start(Files.createDirectory(folder.resolve("broker"))));
        ShowroomTopics.createOn(broker.brokers());
        AtomicBoolean fails = new AtomicBoolean(true);
        store.onChange(() -> {
            if (Thread.currentThread().getName().equals("results-feed") && fails.getAndSet(false)) {
                throw new OutOfMemoryError("only said so");
            }
        });
        running.hold(ResultsFeed.start(broker.brokers(), store));
        AccountingRow row = new AccountingRow("visits", 9, 9, 0, 0, 0, 0, 0, 0, 1);
        send(broker, ResultCodec.encode("counting", "5f", row));
        Await.until(PATIENCE, () -> !fails.get());
        Await.until(
                PATIENCE,
                () -> store.interruption().isEmpty() && !store.offsets().isEmpty());
        send(broker, ResultCodec.encode("counting", "60", row));
        Await.until(PATIENCE, () -> store.offsets().containsValue(2L));
        assertThat(store.offsets()).containsValue(2L);
        assertThat(store.interruption()).isEmpty();
    }

    /**
     * On a busy machine one subtask may say its half late: it does not wait for ever, but what is kept does. What a run has
     * counted is as whole as before.
     */
    @Test
    void halfAFlushIsStoredButIsNoState() throws Exception {
        Store store = running.hold(Store.inMemory());
        store.registerExperiments(List.of(experiment("e")));
        store.replace(List.of(experiment("f")), List.of());
        EmbeddedBroker broker = running.hold(EmbeddedBroker.start(Files.createDirectory(folder.resolve("broker"))));
        ShowroomTopics.createOn(broker.brokers());
        running.hold(ResultsFeed.start(broker.brokers(), store));
        Await.until(PATIENCE, () -> store.restating().isEmpty());
        send(broker, ResultCodec.encode("counting", new Cut(0, 511, 2, 11, "5f", 0)));
        send(broker, ResultCodec.encode("counting", new Cut(512, 1023, 2, 12, "5f", 0)));
        UnitStatistic units = new UnitStatistic(
                "e", "", "a", "", "", LocalDate.of(2026, 1, 5), 7, 0, Collections.nCopies(16, BigInteger.ZERO));
        send(broker, ResultCodec.encode("counting", units, new Stamp(1, 3, "5f", 11)));
        send(broker, ResultCodec.encode("counting", new Cut(0, 511, 2, 11, "5f", 100)));
        Await.until(PATIENCE, () -> store.<Boolean>read(r -> !r.reportRows("e").isEmpty()));
        assertThat(store.<Integer>read(r -> r.reportRows("e").size())).isEqualTo(1);
        assertThat(store.restating()).containsExactly("e");
        send(broker, ResultCodec.encode("counting", new Cut(512, 1023, 2, 12, "5f", 100)));
        Await.until(PATIENCE, () -> store.restating().isEmpty());
        assertThat(store.restating()).isEmpty();
    }

    private static LoadedExperiment experiment(String id) {
        return ExperimentFiles.parse(id + ".yaml", """
                id: %s
                start: 2026-01-05T00:00:00Z
                end: 2026-02-05T00:00:00Z
                variants: [{id: a, control: true}, {id: b}]
                metrics: [{id: m, type: mean, event: visit}]
                """.formatted(id));
    }

    private static void send(EmbeddedBroker broker, byte[] row) throws Exception {
        send(broker, new String(row, StandardCharsets.UTF_8));
    }

    private static void send(EmbeddedBroker broker, String row) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.brokers()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(ResultSinks.RESULTS_TOPIC, "key", row))
                    .get();
        }
    }
}
