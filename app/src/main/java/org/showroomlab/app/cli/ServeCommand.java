package org.showroomlab.app.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.showroomlab.app.live.ResultsFeed;
import org.showroomlab.reports.report.DeclaredPrior;
import org.showroomlab.reports.report.LookSchedule;
import org.showroomlab.reports.store.Store;
import org.showroomlab.reports.web.AccessTokens;
import org.showroomlab.reports.web.ListenAddress;
import org.showroomlab.reports.web.WebApp;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code showroom serve}: the web app over a database, fed from the results topic when brokers are given. */
@Command(
        name = "serve",
        description = "Serve the reports of a database; with --brokers, keep it up to date from the topic 'results'.",
        footer = {
            "",
            "For an address that other machines can reach, set " + AccessTokens.VARIABLE + " to one or",
            "more tokens, separated by commas, each of at least " + AccessTokens.SHORTEST + " characters. A program",
            "sends one as 'Authorization: Bearer', a browser as the password."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets required options
final class ServeCommand implements Callable<Integer> {
    @Option(names = "--db", required = true, paramLabel = "FILE", description = "The database.")
    private Path database;

    @Option(names = "--brokers", paramLabel = "HOST:PORT", description = "Kafka brokers with the topic 'results'.")
    private @Nullable String brokers;

    @Option(
            names = "--experiments",
            paramLabel = "DIR",
            description = "With --brokers: experiment files to register first.")
    private @Nullable Path experiments;

    @Option(names = "--listen", paramLabel = "ADDR:PORT", description = "Default: ${DEFAULT-VALUE}.")
    private String listen = "127.0.0.1:7070";

    @Option(
            names = "--look-minutes",
            paramLabel = "N",
            description = "Keep what reports say every N minutes of event time. Default: 60, in drops 1.")
    private @Nullable Integer lookMinutes;

    @Option(names = "--prior", paramLabel = "MEAN,SD", description = ScorecardPrior.DESCRIPTION)
    private @Nullable String prior;

    @Override
    public Integer call() throws InterruptedException {
        LookSchedule schedule = schedule();
        DeclaredPrior declared = ScorecardPrior.of(prior);
        if (experiments != null && brokers == null) {
            throw new WrongUsage("--experiments needs --brokers: reports go by the experiment files of the run");
        }
        ListenAddress address = WrongUsage.unlessAllowed("--listen", () -> ListenAddress.parse(listen));
        @Nullable String addresses = brokers == null ? null : ServerAddress.brokers(brokers);
        try (Resources running = new Resources()) {
            Store store = running.add(store());
            if (experiments != null) {
                store.registerExperiments(org.showroomlab.ingest.experiment.ExperimentFiles.load(experiments));
            }
            if (addresses != null) {
                running.add(feed(addresses, store));
            }
            WebApp reports = running.add(WebApp.start(store, address, schedule, declared));
            reports.prepare();
            System.out.println("Reports are up at http://" + reports.address() + "/  (Ctrl-C stops)");
            running.awaitStop();
        }
        return 0;
    }

    /** Where nothing is written others may read, too. */
    private Store store() {
        return brokers == null ? ExistingStore.openToRead(database) : Store.open(database);
    }

    private LookSchedule schedule() {
        if (lookMinutes == null) {
            return LookSchedule.DEFAULT;
        }
        if (lookMinutes < 1) {
            throw new WrongUsage("--look-minutes is " + lookMinutes + "; allowed: 1 or more");
        }
        return LookSchedule.every(Duration.ofMinutes(lookMinutes));
    }

    private static ResultsFeed feed(String brokers, Store store) {
        try {
            return ResultsFeed.start(brokers, store);
        } catch (KafkaException e) {
            throw new CommandProblem("the topic 'results' cannot be read at " + brokers + ": " + e.getMessage(), e);
        }
    }
}
