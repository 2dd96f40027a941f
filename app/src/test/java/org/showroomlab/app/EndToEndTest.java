package org.showroomlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.showroomlab.app.broker.ShowroomTopics;
import org.showroomlab.app.embedded.EmbeddedBroker;
import org.showroomlab.app.embedded.EmbeddedJob;
import org.showroomlab.app.live.DeliveryReplay;
import org.showroomlab.app.live.ResultsFeed;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.ingest.simulate.Simulation;
import org.showroomlab.ingest.simulate.SimulationOptions;
import org.showroomlab.jobs.flow.CountingJob;
import org.showroomlab.jobs.run.BoundedRun;
import org.showroomlab.jobs.source.EventFiles;
import org.showroomlab.reports.store.Store;
import org.showroomlab.reports.web.ListenAddress;
import org.showroomlab.reports.web.WebApp;

/** A small quarter through a real broker, Flink, DuckDB and a page in a real browser; then the same from files. */
class EndToEndTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final List<AutoCloseable> running = new ArrayList<>();

    @Test
    void aPageShowsWhatTheBrokerBroughtAndFilesGiveTheSameTables() throws Exception {
        Simulation simulation =
                Simulation.of(SimulationOptions.withDefaults().withVisitors(600).withSeed(7));
        List<LoadedExperiment> experiments = new ArrayList<>();
        simulation.experimentFiles().forEach((name, yaml) -> experiments.add(ExperimentFiles.parse(name, yaml)));
        Store live = hold(Store.open(folder.resolve("live.duckdb")));
        live.registerExperiments(experiments);
        int port = FreePort.find();
        hold(WebApp.start(live, new ListenAddress("127.0.0.1", port)));
        EmbeddedBroker broker = hold(EmbeddedBroker.start(Files.createDirectory(folder.resolve("broker"))));
        ShowroomTopics.createOn(broker.brokers());
        hold(EmbeddedJob.start(broker.brokers(), experiments, Files.createDirectory(folder.resolve("checkpoints")), 2));
        hold(ResultsFeed.start(broker.brokers(), live));

        WebDriver browser = Browser.open();
        running.add(browser::quit);
        browser.get("http://127.0.0.1:" + port + "/experiments/aa-checkout");
        AtomicLong sent = new AtomicLong();
        Thread replay = new Thread(() -> sent.set(new DeliveryReplay(broker.brokers(), DeliveryReplay.WITHOUT_PAUSES)
                .send(simulation.deliveries(), (count, millis) -> {})));
        replay.start();
        replay.join();
        // The page updates itself: nobody reloads it here.
        String received = Long.toString(sent.get());
        new WebDriverWait(browser, PATIENCE).until(page -> digitsOf(page).contains(received));
        assertThat(browser.findElements(By.cssSelector("main svg"))).isNotEmpty();

        Path files = folder.resolve("files");
        simulation.writeTo(files, written -> {});
        try (Store bounded = Store.open(folder.resolve("bounded.duckdb"))) {
            bounded.replace(
                    experiments,
                    new BoundedRun(experiments, CountingJob.Options.BOUNDED, 2)
                            .count(EventFiles.among(List.of(files.resolve("events")))));
            // The last rows may still be on their way when the page already shows the last count.
            Tables expected = Tables.of(bounded);
            Await.until(PATIENCE, () -> Tables.of(live).equals(expected));
            assertThat(Tables.of(live)).isEqualTo(expected);
        }
    }

    /** The page without anything but digits: how thousands are set apart is not the point here. */
    private static String digitsOf(WebDriver page) {
        return page.findElement(By.tagName("main")).getText().replaceAll("[^0-9=]", "");
    }

    private <T extends AutoCloseable> T hold(T resource) {
        running.add(0, resource);
        return resource;
    }

    @AfterEach
    void stopEverything() throws Exception {
        for (AutoCloseable resource : running) {
            resource.close();
        }
    }
}
