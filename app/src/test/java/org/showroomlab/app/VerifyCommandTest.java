package org.showroomlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.ingest.simulate.Simulation;
import org.showroomlab.ingest.simulate.SimulationOptions;
import org.showroomlab.jobs.flow.CountingJob;
import org.showroomlab.jobs.run.BoundedRun;
import org.showroomlab.jobs.source.EventFiles;
import org.showroomlab.reports.report.ArmReport;
import org.showroomlab.reports.report.ReportAssembler;
import org.showroomlab.reports.store.RunTime;
import org.showroomlab.reports.store.Store;
import org.showroomlab.reports.verify.Difference;
import org.showroomlab.reports.verify.Verification;
import org.showroomlab.reports.verify.Verify;

/** What the job stored against the recomputation by SQL: two programs that share no code. */
class VerifyCommandTest {
    private static final long AS_OF_MILLIS = 1_768_134_600_000L; // 2026-01-11T12:30:00Z

    @TempDir
    Path folder;

    @Test
    void theJobAgreesWithPlainSqlInNastyWorlds() throws Exception {
        List<LoadedExperiment> experiments = List.of(
                ExperimentFiles.parse("visitors.yaml", NastyWorld.VISITORS),
                ExperimentFiles.parse("days.yaml", NastyWorld.DAYS),
                ExperimentFiles.parse("drop.yaml", NastyWorld.DROP),
                ExperimentFiles.parse("caches.yaml", NastyWorld.CACHES));
        for (long seed = 0; seed < 4; seed++) {
            List<Path> files = write(seed);
            for (long asOf : List.of(Long.MAX_VALUE, AS_OF_MILLIS)) {
                Path database = folder.resolve("world-" + seed + "-" + asOf + ".duckdb");
                try (Store store = Store.open(database)) {
                    CountingJob.Options options = CountingJob.Options.BOUNDED.asOf(asOf);
                    store.replace(
                            experiments,
                            new BoundedRun(experiments, options, 2).count(files),
                            new RunTime(Instant.EPOCH, asOf == Long.MAX_VALUE ? null : Instant.ofEpochMilli(asOf)));
                }
                List<Difference> differences = new ArrayList<>();
                // Of when the run was, the database knows.
                Verification found = new Verify(definitions(experiments), Long.MAX_VALUE, step -> {})
                        .compare(database, files, differences::add);
                assertThat(differences).as("world %d", seed).isEmpty();
                assertThat(found.differenceCount()).isZero();
                assertThat(agreeing(found, "unit_increments")).isGreaterThan(100);
                assertThat(agreeing(found, "stock_increments")).isGreaterThan(20);
                assertThat(agreeing(found, "life_increments")).isGreaterThan(5);
                assertThat(agreeing(found, "dead_letter_rows")).isPositive();
            }
        }
    }

    @Test
    void aSimulatedQuarterIsVerifiedAndPlantedNumbersAreNamed() throws Exception {
        Simulation.of(SimulationOptions.withDefaults().withVisitors(600).withSeed(5))
                .writeTo(folder.resolve("quarter"), written -> {});
        Path experiments = Files.createDirectory(folder.resolve("experiments"));
        for (String name : List.of(
                "aa-checkout.yaml", "creator-page.yaml", "ttl-speed.yaml", "sub-price.yaml", "preorder-walk-in.yaml")) {
            Files.copy(folder.resolve("quarter/experiments").resolve(name), experiments.resolve(name));
        }
        assertThat(command("run", experiments).code()).isZero();
        assertThat(command("verify", experiments).code()).isZero();
        Files.delete(experiments.resolve("aa-checkout.yaml"));
        assertThat(command("verify", experiments).out())
                .contains("not compared, being in no file of " + experiments + ": aa-checkout");
        try (Connection c = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("lab.duckdb"));
                Statement statement = c.createStatement()) {
            statement.execute("update unit_increments set sum = sum + 1 where rowid in (select rowid from"
                    + " unit_increments where experiment <> 'aa-checkout' limit 2345)");
            statement.execute("insert into stock_increments select * replace ('nobody' as experiment)"
                    + " from stock_increments limit 1");
        }
        Command.Answer answer = command("verify", experiments);
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out().lines().filter(line -> line.contains(" sum: stored ")))
                .hasSize(2345);
        assertThat(answer.out()).contains("experiment=nobody");
        // The experiment without a file is one of them: the same run counted it.
        assertThat(answer.err()).contains("in 2,347 places, all of them named above");
    }

    /** Σx² of four such amounts has more than 128 bits. */
    @Test
    void amountsHoweverLarge() throws Exception {
        Path experiments = Files.createDirectory(folder.resolve("experiments"));
        Files.writeString(experiments.resolve("e.yaml"), """
                id: e
                name: Large amounts
                owner: growth
                start: 2026-01-05T00:00:00Z
                end: 2026-01-12T00:00:00Z
                variants: [{id: a, control: true, weight: 1}, {id: b, weight: 1}]
                metrics:
                  - {id: paid, type: mean, event: purchase, value: amount_minor, role: primary}
                  - {id: basket, type: ratio, event: purchase, value: amount_minor, per: {event: purchase, value: quantity}}
                dimensions: [showroom]
                covariate_days: 0
                """);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            lines.add("{\"type\":\"purchase\",\"id\":\"" + i + "\",\"ts\":" + (1_767_700_000_000L + i * 1_000_000L)
                    + ",\"showroom\":\"s\",\"visitor\":\"v" + i + "\",\"order\":\"o\",\"kind\":\"sale\""
                    + ",\"amount_minor\":" + (i % 10 == 0 ? 9_000_000_000_000_000_000L : 1) + ",\"exposures\":{\"e\":\""
                    + (i / 10 % 2 == 0 ? "a" : "b") + "\"}}");
        }
        Files.write(Files.createDirectories(folder.resolve("quarter/events")).resolve("e.ndjson"), lines);
        writeUnitsOfManyLargeAmounts(experiments);

        assertThat(command("run", experiments).code()).isZero();
        assertThat(command("verify", experiments).code()).isZero();
        try (Store store = Store.openToRead(folder.resolve("lab.duckdb"))) {
            ArmReport arm =
                    ReportAssembler.assemble(store, "e").metrics().get(0).arm("a");
            // Of 10 amounts of 9e18 and 90 of 1: sd of a mean = 9e18 · √(.1 · .9 / 99).
            assertThat(arm.estimate().orElseThrow().stdError())
                    .isCloseTo(9e18 * Math.sqrt(0.09 / 99), Percentage.withPercentage(1e-9));
        }
        try (Connection c = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("lab.duckdb"));
                Statement statement = c.createStatement()) {
            assertThat(statement.executeUpdate("update unit_increments set wide_sums = replace(wide_sums, '0,', '1,')"
                            + " where wide_sums is not null"))
                    .isPositive();
        }
        Command.Answer answer = command("verify", experiments);
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).contains("sum_squares: stored ");
    }

    /** What one visitor or showroom buys has more than 64 bits, and some of it goes back. */
    private void writeUnitsOfManyLargeAmounts(Path experiments) throws IOException {
        for (String unit : List.of("visitor", "showroom")) {
            Files.writeString(experiments.resolve(unit + ".yaml"), """
                    id: %1$s
                    name: Large amounts by %1$s
                    owner: growth
                    unit: %1$s
                    start: 2026-01-05T00:00:00Z
                    end: 2026-01-12T00:00:00Z
                    variants: [{id: a, control: true, weight: 1}, {id: b, weight: 1}]
                    metrics:
                      - {id: paid, type: mean, event: purchase, where: {kind: sale}, value: amount_minor, subtract: {kind: refund}, role: primary}
                      - {id: basket, type: ratio, event: purchase, value: amount_minor, per: {event: purchase, value: amount_minor}}
                    """.formatted(unit));
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String variant = i % 2 == 0 ? "a" : "b";
            lines.add("{\"type\":\"purchase\",\"id\":\"w" + i + "\",\"ts\":" + (1_767_700_000_000L + i * 5_000_000L)
                    + ",\"showroom\":\"s" + i % 8 + "\",\"visitor\":\"w" + i % 12 + "\",\"order\":\"o\",\"kind\":\""
                    + (i % 5 == 4 ? "refund" : "sale") + "\",\"amount_minor\":" + (Long.MAX_VALUE - i)
                    + ",\"exposures\":{\"visitor\":\"" + variant + "\",\"showroom\":\"" + variant + "\"}}");
        }
        Files.write(folder.resolve("quarter/events/w.ndjson"), lines);
    }

    private Command.Answer command(String name, Path experiments) {
        return Command.execute(
                name,
                "--db",
                folder.resolve("lab.duckdb").toString(),
                "--events",
                folder.resolve("quarter/events").toString(),
                "--experiments",
                experiments.toString());
    }

    private List<Path> write(long seed) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            lines.addAll(NastyWorld.lines(10 * seed + i));
        }
        Path events = Files.createDirectory(folder.resolve("events-" + seed));
        int half = lines.size() / 2;
        Files.writeString(events.resolve("b.ndjson"), "\ufeff" + String.join("\r\n\r\n", lines.subList(0, half)));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(events.resolve("a.ndjson.gz")))) {
            // Some records come in both files; one is not UTF-8, one too long, two have characters that nobody sees.
            out.write((String.join("\n", lines.subList(half - 20, lines.size())) + "\n{\"page\":\"caf")
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            out.write(new byte[] {(byte) 0xe9, '"', '}', '\n'});
            out.write(("x".repeat(1 << 20) + "\u00e9\r\n\ufeff{}\n{\"page\":\"\u0000\"}\r\r\n")
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return EventFiles.among(List.of(events));
    }

    private static List<Experiment> definitions(List<LoadedExperiment> loaded) {
        return loaded.stream().map(LoadedExperiment::experiment).toList();
    }

    private static long agreeing(Verification found, String table) {
        return found.tables().stream()
                .filter(t -> t.table().equals(table))
                .mapToLong(Verification.TableAgreement::agreeing)
                .sum();
    }
}
