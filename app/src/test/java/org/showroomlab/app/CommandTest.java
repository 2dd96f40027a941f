package org.showroomlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.showroomlab.app.cli.ShowroomCommand;
import org.showroomlab.reports.store.Store;
import picocli.CommandLine;

/** The command as a person meets it: what it answers to good and to bad input. */
class CommandTest {
    private static final String EXPERIMENT = """
            id: tiny
            start: 2026-01-05T00:00:00Z
            end: 2026-02-05T00:00:00Z
            variants: [{id: a, control: true}, {id: b}]
            metrics: [{id: bought, type: proportion, event: purchase, where: {kind: sale}, role: primary}]
            """;

    @TempDir
    Path folder;

    private Path events;
    private Path experiments;
    private Path database;

    @BeforeEach
    void prepare() throws IOException {
        events = Files.createDirectory(folder.resolve("events"));
        experiments = Files.createDirectory(folder.resolve("experiments"));
        database = folder.resolve("showroom.duckdb");
        Files.writeString(experiments.resolve("tiny.yaml"), EXPERIMENT);
        Files.writeString(
                events.resolve("a.ndjson"),
                IntStream.range(0, 200).mapToObj(CommandTest::visitorLines).collect(Collectors.joining()));
    }

    private static String visitorLines(int i) {
        String visit = """
                {"type":"visit","id":"v%d","ts":1767657600000,"showroom":"s","visitor":"u%d","exposures":{"tiny":"%s"}}
                """.formatted(i, i, i % 2 == 0 ? "a" : "b");
        String sale = """
                {"type":"purchase","id":"p%d","ts":1767661200000,"showroom":"s","visitor":"u%d","order":"o%d","kind":"sale"}
                """.formatted(i, i, i);
        return i % 3 == 0 ? visit + sale : visit;
    }

    /** Every command, and every command of a command, but the one that is itself the help. */
    static Stream<List<String>> commands() {
        return below(List.of(), new CommandLine(new ShowroomCommand()));
    }

    private static Stream<List<String>> below(List<String> names, CommandLine line) {
        return Stream.concat(
                Stream.of(names),
                line.getSubcommands().entrySet().stream()
                        .filter(e -> !e.getKey().equals("help"))
                        .flatMap(e -> {
                            List<String> more = new ArrayList<>(names);
                            more.add(e.getKey());
                            return below(more, e.getValue());
                        }));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHelps(List<String> names) {
        List<String> arguments = new ArrayList<>(names);
        arguments.add("--help");
        Command.Answer answer = Command.execute(arguments.toArray(new String[0]));
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out()).startsWith(("Usage: showroom " + String.join(" ", names)).strip());
    }

    @Test
    void servingSaysHowTokensAreGiven() {
        assertThat(Command.execute("serve", "--help").out()).contains("SHOWROOM_TOKENS", "at least 16 characters");
    }

    /** Registering them for live rows would take the run's away. */
    @Test
    void servingADatabaseAloneTakesNoExperimentFiles() {
        Command.Answer answer = Command.execute("serve", "--db", database.toString(), "--experiments", "any");
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("--experiments needs --brokers");
    }

    @Test
    void aRunIsReportedAndASecondRunChangesNothing() {
        Command.Answer first = run();
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out())
                .contains("267 received = 267 counted + 0 in no experiment + 0 duplicates + 0 dead letters");
        byte[] report = report();
        assertThat(new String(report, StandardCharsets.UTF_8)).contains("\"units\" : 100");
        assertThat(run().code()).isZero();
        assertThat(report()).isEqualTo(report);
    }

    @Test
    void aDaysViewIsWhatTheDaysEventsAloneWouldGive() throws IOException {
        assertThat(command("run", "--as-of", "2026-01-06T00:30:00Z").out()).startsWith("200 received = 200 counted");
        byte[] asOf = report();
        String visitsOnly = Files.readAllLines(events.resolve("a.ndjson")).stream()
                .filter(line -> line.contains("visit\""))
                .collect(Collectors.joining("\n"));
        Files.writeString(events.resolve("a.ndjson"), visitsOnly);
        assertThat(run().code()).isZero();
        assertThat(report()).isEqualTo(asOf);
    }

    @Test
    void deadLettersAreKeptWithTheirOrigin() throws IOException {
        Files.writeString(events.resolve("b.ndjson"), "\n{\"type\":\"visit\"\n");
        Command.Answer answer = run();
        assertThat(answer.code()).isZero();
        assertThat(answer.out()).contains("1 dead letters");
        assertThat(Files.readString(folder.resolve("dead-letters.ndjson")))
                .contains("\"reason\":\"malformed_json\"")
                .contains("b.ndjson\",\"position\":\"2\"")
                .contains(java.util.Base64.getEncoder()
                        .encodeToString("{\"type\":\"visit\"".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aRecordOfTenMegabytesIsSetAsideAndSaid() throws IOException {
        Files.writeString(events.resolve("large.ndjson"), "{\"page\":\"" + "x".repeat(10_000_000) + "\"}\n");
        Command.Answer answer = run();
        assertThat(answer.code()).isZero();
        assertThat(answer.err())
                .contains(
                        "showroom: 1 record(s) longer than 1048576 bytes were set aside, the first at",
                        "large.ndjson:1");
        assertThat(answer.out()).contains("1 dead letters");
        assertThat(Files.readString(folder.resolve("dead-letters.ndjson")))
                .contains("\"reason\":\"record_too_large\"", "large.ndjson\",\"position\":\"1\"");
        assertThat(report()).isNotEmpty();
    }

    @Test
    void aTruncatedGzipStopsTheRunAndLosesNothing() throws IOException {
        assertThat(run().code()).isZero();
        byte[] before = report();
        Path whole = folder.resolve("whole.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
            for (int i = 1000; i < 20_000; i++) {
                out.write(visitorLines(i).getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(events.resolve("cut.ndjson.gz"), Arrays.copyOf(bytes, bytes.length / 2));
        refused(run(), "cut.ndjson.gz is not a whole gzip file");
        Files.write(events.resolve("cut.ndjson.gz"), new byte[0]);
        refused(run(), "cut.ndjson.gz is not a whole gzip file (it ends too early)");
        assertThat(report()).isEqualTo(before);
    }

    @Test
    void aFolderWithoutEventsIsRefused() throws IOException {
        Files.delete(events.resolve("a.ndjson"));
        refused(run(), "no events in " + events);
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        Command.Answer answer = Command.execute(
                "run",
                "--events",
                events.resolve("no.ndjson").toString(),
                "--experiments",
                experiments.toString(),
                "--db",
                database.toString());
        refused(answer, "there is no file or folder");
    }

    @Test
    void anInvalidExperimentIsRefusedWithItsLine() throws IOException {
        Files.writeString(experiments.resolve("tiny.yaml"), EXPERIMENT.replace("{id: b}", "{id: b, weight: 0}"));
        refused(run(), "tiny.yaml:4: variants[1].weight: is '0'; allowed: a number above 0");
        Files.write(
                experiments.resolve("tiny.yaml"), "id: tiny\nname: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        refused(run(), "tiny.yaml:2: is not UTF-8");
    }

    @Test
    void aDatabaseThatIsHeldIsRefused() {
        assertThat(run().code()).isZero();
        try (Store holder = Store.open(database)) {
            assertThat(holder).isNotNull();
            refused(run(), database.toString());
        }
    }

    @Test
    void statisticsComeFromAFileOfAnalyses() throws IOException {
        Path request = Files.writeString(
                folder.resolve("request.json"),
                "{\"analyses\":[{\"type\":\"srm\",\"counts\":[1000,1100],\"weights\":[1,1]},{\"type\":\"no\"}]}");
        Command.Answer answer = Command.execute("analyze", "--in", request.toString());
        assertThat(answer.code()).isZero();
        assertThat(answer.out()).contains("\"p_value\":0.0290963", "\"error\":\"type must be one of");
        Files.writeString(request, "[]");
        refused(Command.execute("analyze", "--in", request.toString()), "analyses");
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(Command.execute("run").code()).isEqualTo(2);
        assertThat(Command.execute("dance").code()).isEqualTo(2);
        assertThat(Command.execute().code()).isEqualTo(2);
        assertThat(Command.execute("--help").code()).isZero();
        assertThat(Command.execute("help").code()).isZero();
    }

    /** Half a report must not look like a whole one. */
    @Test
    void whatCannotBePrintedIsAProblem() {
        assertThat(run().code()).isZero();
        Command.Answer answer = Command.execute(
                OutputStream.nullOutputStream(), "summary", "--db", database.toString(), "--format", "json");
        assertThat(answer.code()).isZero();
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        refused(
                Command.execute(full, "summary", "--db", database.toString(), "--format", "json"),
                "could not be written");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            report tiny --db x --format foo                         | format 'foo'
            summary --db x --format parquet                         | json, csv, html
            summary --db x --format json --prior 0                  | MEAN,SD
            run --events x --experiments x --db x --as-of yesterday | --as-of is 'yesterday'
            verify --events x --experiments x --db x --as-of 5.1    | --as-of is '5.1'
            serve --db x --listen foo                               | --listen: 'foo'
            serve --db x --listen 7190                              | --listen: '7190' is not ADDR:PORT
            serve --db x --listen 127.0.0.1:65536                   | --listen: the port must be from 0 to 65535
            serve --db x --brokers foo                              | --brokers is 'foo'; allowed: HOST:PORT
            replay x --brokers a:9092,b                             | --brokers is 'b'
            replay x --brokers a:65536                              | --brokers is 'a:65536'
            submit counting --flink a:0 --brokers b:1 --experiments x | --flink is 'a:0'
            submit counting --flink a:1 --brokers b --experiments x | --brokers is 'b'
            simulate --out x --days 0                               | days must be from
            simulate --out x --visitors 0                           | visitors must be from
            demo --port 65536                                       | --port: the port must be from
            demo --visitors 0                                       | visitors must be from
            calibrate --simulations 0                               | --simulations must be at least 1
            cluster up --dir x --slots 0                            | slots is 0; allowed: 1 to 64
            cluster up --dir x --rest-port 65536                    | the REST port is 65536
            cluster up --dir x --broker-port 9093                   | allowed: three different ones
            submit counting --lateness-days 5000                    | --lateness-days is 5000; allowed: 0 to 3650
            run --events x --experiments x --db x --as-of +999999999-01-01T00:00:00Z | --as-of is '+999999999
            """)
    void aValueThatIsNotAllowedIsWrongUsage(String line, String sentence) {
        Command.Answer answer = Command.execute(line.split(" "));
        assertThat(answer.code()).as(answer.err()).isEqualTo(2);
        assertThat(answer.err()).startsWith("showroom: ").hasLineCount(1).contains(sentence);
    }

    @Test
    void aClusterIsAFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "a file");
        for (Path folderOrNot : List.of(file, file.resolve("cluster"))) {
            for (String verb : List.of("up", "down", "status")) {
                Command.Answer answer = Command.execute("cluster", verb, "--dir", folderOrNot.toString());
                assertThat(answer.code()).isEqualTo(2);
                assertThat(answer.err())
                        .isEqualToIgnoringNewLines("showroom: --dir is " + folderOrNot + ", and " + file
                                + " is a file; allowed: a folder, or one to be made");
            }
        }
    }

    @Test
    void whyAFileCannotBeWrittenIsSaid() {
        assertThat(run().code()).isZero();
        Path nowhere = folder.resolve("none/report.json");
        Command.Answer answer = Command.execute(
                "report", "tiny", "--db", database.toString(), "--format", "json", "--out", nowhere.toString());
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("the file " + nowhere + " cannot be written: its folder does not exist");
    }

    /** Kafka's clients would say that their configuration is wrong, after a database was made. */
    @Test
    void brokersThatHaveNoAddressAreNamed() {
        Path unborn = folder.resolve("unborn.duckdb");
        Command.Answer answer =
                Command.execute("serve", "--db", unborn.toString(), "--brokers", "no-such-host.invalid:9092");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err())
                .isEqualToIgnoringNewLines("showroom: --brokers is 'no-such-host.invalid:9092', and no address is"
                        + " known for that host");
        assertThat(unborn).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"xlsx, PK", "pdf, %PDF-", "ipynb, {"})
    void aFileOfEachFormatGoesWhereItIsWanted(String format, String start) throws IOException {
        assertThat(run().code()).isZero();
        for (String[] line : new String[][] {{"report", "tiny"}, {"summary"}}) {
            List<String> arguments = new ArrayList<>(List.of(line));
            arguments.addAll(List.of("--db", database.toString(), "--format", format));
            Command.Answer printed = Command.execute(arguments.toArray(String[]::new));
            assertThat(printed.code()).as(printed.err()).isZero();
            assertThat(new String(printed.bytes(), StandardCharsets.ISO_8859_1)).startsWith(start);

            Path file = folder.resolve(line[0] + "." + format);
            arguments.addAll(List.of("--out", file.toString()));
            Command.Answer written = Command.execute(arguments.toArray(String[]::new));
            assertThat(written.code()).as(written.err()).isZero();
            assertThat(written.bytes()).isEmpty();
            assertThat(Files.readAllBytes(file)).isEqualTo(printed.bytes());
        }
    }

    @Test
    void anUnknownExperimentOrDatabaseIsRefused() {
        refused(
                Command.execute("report", "tiny", "--db", database.toString(), "--format", "json"),
                "there is no database");
        assertThat(run().code()).isZero();
        refused(Command.execute("report", "nope", "--db", database.toString(), "--format", "json"), "tiny");
    }

    private static void refused(Command.Answer answer, String... parts) {
        assertThat(answer.code()).as(answer.err()).isEqualTo(1);
        List<String> sentences =
                answer.err().lines().filter(l -> l.startsWith("showroom: ")).toList();
        assertThat(sentences).as(answer.err()).hasSize(1);
        assertThat(sentences.get(0)).contains(parts);
        assertThat(answer.err()).doesNotContain("\tat ");
    }

    private Command.Answer run() {
        return command("run");
    }

    private Command.Answer command(String name, String... more) {
        return Command.execute(java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(
                                name,
                                "--events",
                                events.toString(),
                                "--experiments",
                                experiments.toString(),
                                "--db",
                                database.toString()),
                        Arrays.stream(more))
                .toArray(String[]::new));
    }

    private byte[] report() {
        Command.Answer answer = Command.execute("report", "tiny", "--db", database.toString(), "--format", "json");
        assertThat(answer.code()).as(answer.err()).isZero();
        return answer.out().getBytes(StandardCharsets.UTF_8);
    }
}
