package org.showroomlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.showroomlab.app.broker.ShowroomTopics;
import org.showroomlab.app.embedded.EmbeddedBroker;
import org.showroomlab.app.embedded.EmbeddedJob;
import org.showroomlab.app.live.DeliveryReplay;
import org.showroomlab.app.live.ResultsFeed;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.ingest.simulate.Delivery;
import org.showroomlab.reports.store.Store;
import org.showroomlab.reports.web.ListenAddress;
import org.showroomlab.reports.web.WebApp;

/**
 * A small quarter through a real broker, Flink, DuckDB and a page in a real browser; then the same from files. The live
 * file held a run over another quarter before, as a file does that was first filled by hand.
 */
class EndToEndTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @RegisterExtension
    final Running running = new Running();

    @Test
    void aPageShowsWhatTheBrokerBroughtAndFilesGiveTheSameTables() throws Exception {
        Quarter quarter = Quarter.of(600, 7);
        List<LoadedExperiment> experiments = quarter.experiments();
        Store live = running.hold(Store.open(folder.resolve("live.duckdb")));
        Path before = folder.resolve("before");
        Quarter.of(50, 8).writeTo(before);
        Quarter.count(experiments, before, live);
        int port = FreePort.find();
        running.hold(WebApp.start(live, new ListenAddress("127.0.0.1", port)));
        EmbeddedBroker broker = running.hold(EmbeddedBroker.start(Files.createDirectory(folder.resolve("broker"))));
        ShowroomTopics.createOn(broker.brokers());
        running.hold(EmbeddedJob.start(
                broker.brokers(), experiments, Files.createDirectory(folder.resolve("checkpoints")), 2));
        running.hold(ResultsFeed.start(broker.brokers(), live));

        WebDriver browser = Browser.open();
        running.hold(browser::quit);
        browser.get("http://127.0.0.1:" + port + "/experiments/aa-checkout");
        takeBack(broker.brokers(), quarter.simulation().deliveries().next());
        AtomicLong sent = new AtomicLong();
        Thread replay = new Thread(() -> sent.set(new DeliveryReplay(broker.brokers(), DeliveryReplay.WITHOUT_PAUSES)
                .send(quarter.simulation().deliveries(), (count, millis) -> {})));
        replay.start();
        replay.join();
        // The page updates itself: nobody reloads it here.
        String received = Long.toString(sent.get());
        new WebDriverWait(browser, PATIENCE).until(page -> digitsOf(page).contains(received));
        assertThat(browser.findElements(By.cssSelector("main svg"))).isNotEmpty();

        Path files = folder.resolve("files");
        quarter.writeTo(files);
        try (Store bounded = Store.open(folder.resolve("bounded.duckdb"))) {
            Quarter.count(experiments, files, bounded);
            // The last rows may still be on their way when the page already shows the last count.
            Tables expected = Tables.of(bounded);
            Await.until(PATIENCE, () -> Tables.of(live).equals(expected));
            assertThat(Tables.of(live)).isEqualTo(expected);
        }
    }

    /** Sends an event in a transaction that is aborted: it has not happened. */
    private static void takeBack(String brokers, Delivery delivery) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", brokers, "transactional.id", "till");
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(delivery.topic().topic(), delivery.value()))
                    .get();
            producer.abortTransaction();
        }
    }

    /** The page without anything but digits: how thousands are set apart is not the point here. */
    private static String digitsOf(WebDriver page) {
        return page.findElement(By.tagName("main")).getText().replaceAll("[^0-9=]", "");
    }
}
