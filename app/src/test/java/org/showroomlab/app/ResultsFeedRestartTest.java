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
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.app.broker.ShowroomTopics;
import org.showroomlab.app.embedded.EmbeddedBroker;
import org.showroomlab.app.live.ResultsFeed;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.CountedExperiment;
import org.showroomlab.jobs.results.Cut;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.RolledBack;
import org.showroomlab.jobs.results.Settled;
import org.showroomlab.jobs.results.Stamp;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.jobs.source.ResultSinks;
import org.showroomlab.reports.store.Store;

/** What a process knows that goes on where another one ended. */
class ResultsFeedRestartTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final List<CountedExperiment> COUNTED = List.of(new CountedExperiment("e", "e.yaml", """
            id: e
            start: 2026-01-05T00:00:00Z
            end: 2026-02-05T00:00:00Z
            variants: [{id: a, control: true}, {id: b}]
            metrics: [{id: m, type: mean, event: visit}]
            """));

    @TempDir
    Path folder;

    @RegisterExtension
    final Running running = new Running();

    private Store store;
    private EmbeddedBroker broker;
    private KafkaProducer<String, String> producer;

    @BeforeEach
    void bringVisits() throws Exception {
        store = running.hold(Store.open(folder.resolve("live.duckdb")));
        broker = running.hold(EmbeddedBroker.start(Files.createDirectory(folder.resolve("broker"))));
        ShowroomTopics.createOn(broker.brokers());
        producer = running.hold(new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.brokers()), new StringSerializer(), new StringSerializer()));
        for (int i = 0; i < 100; i++) {
            send("visits", "{}");
        }
    }

    /** The second job has taken the experiment over and reads what was there; then the first one fails, and recovers. */
    @Test
    void aJobThatOnlyRecoversTakesNothingFromOneThatCatchesUp() throws Exception {
        ResultsFeed feed = ResultsFeed.start(broker.brokers(), store);
        long first = System.currentTimeMillis();
        begin("a", 0, first, 0);
        receive("a", 100);
        Await.until(
                PATIENCE,
                () -> store.liveExperiments("a").contains("e")
                        && store.restating().isEmpty());
        say("a", new Settled(0, 1023, 1, "id of a"));

        long second = System.currentTimeMillis();
        begin("b", 0, second, 0);
        count("b", 7, 1, second);
        receive("b", 50);
        say("b", new Settled(0, 1023, 1, "id of b"));
        Await.until(PATIENCE, () -> store.<Integer>read(r -> r.reportRows("e").size()) == 1);
        assertThat(store.restating()).containsExactly("e");
        feed.close();

        running.hold(ResultsFeed.start(broker.brokers(), store));
        begin("a", 1, System.currentTimeMillis(), 1);
        receive("a", 100);
        send(ResultSinks.RESULTS_TOPIC, ResultCodec.encode("c", "id of c", visits(1)));
        Await.until(PATIENCE, () -> store.hasBegun("id of c"));
        assertThat(store.restating()).containsExactly("e");
        assertThat(store.liveExperiments("b")).containsExactly("e");

        receive("b", 100);
        Await.until(PATIENCE, () -> store.restating().isEmpty());
        assertThat(store.restating()).isEmpty();
    }

    @Test
    void aFileThatWasLeftWhileItsJobCaughtUpSaysSo() throws Exception {
        ResultsFeed feed = ResultsFeed.start(broker.brokers(), store);
        long begun = System.currentTimeMillis();
        begin("a", 0, begun, 0);
        count("a", 7, 1, begun);
        receive("a", 50);
        Await.until(PATIENCE, () -> store.<Integer>read(r -> r.reportRows("e").size()) == 1);
        feed.close();
        store.close();
        try (Store left = Store.openToRead(folder.resolve("live.duckdb"))) {
            assertThat(left.restating()).containsExactly("e");
        }
    }

    /** It was cancelled while it caught up, and submitted anew without an experiment: nobody counts the rest of that. */
    @Test
    void whatTheNextSubmissionLeavesOutStaysBetweenTwoStates() throws Exception {
        CountedExperiment other = new CountedExperiment(
                "other", "other.yaml", COUNTED.get(0).definition().replace("id: e", "id: other"));
        ResultsFeed feed = ResultsFeed.start(broker.brokers(), store);
        long first = System.currentTimeMillis();
        say("a", new RolledBack(0, 1023, 0, first, 0, "id of a", List.of(COUNTED.get(0), other)));
        say("a", new Cut(0, 1023, 1, first, "id of a", 0));
        count("a", 7, 1, first);
        receive("a", 50);
        Await.until(PATIENCE, () -> store.restating().contains("other"));

        long second = System.currentTimeMillis();
        say("a", new RolledBack(0, 1023, 0, second, 0, "id of the next", List.of(other)));
        say("a", new Cut(0, 1023, 1, second, "id of the next", 0));
        send(ResultSinks.RESULTS_TOPIC, ResultCodec.encode("a", "id of the next", visits(100)));
        Await.until(PATIENCE, () -> store.restating().equals(Set.of("e")));
        assertThat(store.restating()).containsExactly("e");
        say("a", new Settled(0, 1023, 1, "id of the next"));
        feed.close();

        running.hold(ResultsFeed.start(broker.brokers(), store));
        Await.until(PATIENCE, () -> store.restating().equals(Set.of("e")));
        assertThat(store.restating()).containsExactly("e");
        begin("b", 0, System.currentTimeMillis(), 0);
        receive("b", 100);
        Await.until(PATIENCE, () -> store.restating().isEmpty());
        assertThat(store.restating()).isEmpty();
    }

    private void begin(String job, long checkpoint, long atMillis, int attempt) throws Exception {
        say(job, new RolledBack(0, 1023, checkpoint, atMillis, attempt, "id of " + job, COUNTED));
        say(job, new Cut(0, 1023, 1, atMillis, "id of " + job, 0));
    }

    private void count(String job, long units, long epoch, long begunAtMillis) throws Exception {
        UnitStatistic row = new UnitStatistic(
                "e", "", "a", "", "", LocalDate.of(2026, 1, 5), units, 0, Collections.nCopies(16, BigInteger.ZERO));
        send(
                ResultSinks.RESULTS_TOPIC,
                ResultCodec.encode(job, row, new Stamp(epoch, 3, "id of " + job, begunAtMillis)));
        say(job, new Cut(0, 1023, 1, begunAtMillis, "id of " + job, 50));
    }

    private void receive(String job, long visits) throws Exception {
        send(ResultSinks.RESULTS_TOPIC, ResultCodec.encode(job, "id of " + job, visits(visits)));
    }

    private static AccountingRow visits(long received) {
        return new AccountingRow("visits", received, received, 0, 0, 0, 0, 0, 0, 1);
    }

    private void say(String job, ResultRow row) throws Exception {
        send(ResultSinks.RESULTS_TOPIC, ResultCodec.encode(job, row));
    }

    private void send(String topic, byte[] row) throws Exception {
        send(topic, new String(row, StandardCharsets.UTF_8));
    }

    private void send(String topic, String record) throws Exception {
        producer.send(new ProducerRecord<>(topic, "key", record)).get();
    }
}
