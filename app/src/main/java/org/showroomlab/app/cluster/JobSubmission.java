package org.showroomlab.app.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.run.NamedJob;

/**
 * A job on its way to a Flink cluster.
 *
 * @param job what is submitted
 * @param flink HOST:PORT of the cluster's REST interface
 * @param brokers as the cluster's machines reach them
 * @param experiments folder of experiment files
 * @param parallelism of every operator
 * @param checkpointEvery time between checkpoints
 * @param savepoint where to go on from; null: a job without a past
 * @param state where keyed state lives; null: what the cluster does
 * @param lateness how long after its end of observation an experiment still takes events
 * @param clockAhead how far an event's time may be after its arrival
 */
public record JobSubmission(
        NamedJob job,
        String flink,
        String brokers,
        Path experiments,
        int parallelism,
        Duration checkpointEvery,
        @Nullable String savepoint,
        ClusterSettings.@Nullable StateBackend state,
        Duration lateness,
        Duration clockAhead) {
    private static final Pattern SUBMITTED = Pattern.compile("JobID ([0-9a-f]{32})");
    private static final int HEAP_MB = 256;

    /**
     * Hands the jar to the cluster the way {@code flink run} does.
     *
     * @return the job's id
     * @throws ClusterFailed when the cluster does not take it
     */
    public String send() {
        try {
            Path configuration = Files.createTempDirectory("showroom-submit-");
            try {
                return send(configuration);
            } finally {
                Files.deleteIfExists(configuration.resolve("config.yaml"));
                Files.deleteIfExists(configuration.resolve("log4j.properties"));
                Files.deleteIfExists(configuration.resolve("client.log"));
                Files.deleteIfExists(configuration);
            }
        } catch (IOException e) {
            throw new ClusterFailed("the job could not be sent: " + e.getMessage(), e);
        }
    }

    private String send(Path configuration) throws IOException {
        Files.writeString(configuration.resolve("config.yaml"), "rest.address: \"127.0.0.1\"\n");
        Path logging = Files.writeString(configuration.resolve("log4j.properties"), FlinkConfiguration.logging());
        List<String> command = Installation.flink(
                List.of("-Xmx" + HEAP_MB + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                logging,
                configuration.resolve("client.log").toString(),
                "org.apache.flink.client.cli.CliFrontend");
        command.addAll(
                run(Installation.jobJar(), state == null ? new FlinkRest(flink).stateBackend() : state.flinkName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("FLINK_CONF_DIR", configuration.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher submitted = SUBMITTED.matcher(said);
        if (!submitted.find()) {
            throw new ClusterFailed("Flink at " + flink + " did not take the job " + job.name() + ": " + reason(said));
        }
        return submitted.group(1);
    }

    /**
     * The client's arguments.
     *
     * @param jar what the client hands over
     * @param backend in Flink's words; the job cuts its state for it, so it must be known where the graph is built
     */
    List<String> run(Path jar, String backend) {
        int colon = flink.lastIndexOf(':');
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "-d",
                "-t",
                "remote",
                "-Drest.address=" + flink.substring(0, colon),
                "-Drest.port=" + flink.substring(colon + 1),
                "-Dparallelism.default=" + parallelism,
                "-Dstate.backend.type=" + backend));
        if (savepoint != null) {
            arguments.addAll(List.of("-s", savepoint));
        }
        arguments.addAll(List.of(
                "-c",
                job.mainClass().getName(),
                jar.toString(),
                "--job",
                job.name(),
                "--brokers",
                brokers,
                "--experiments",
                experiments.toAbsolutePath().toString(),
                "--checkpoint-millis",
                Long.toString(checkpointEvery.toMillis()),
                "--lateness-days",
                Long.toString(lateness.toDays()),
                "--clock-ahead-hours",
                Long.toString(clockAhead.toHours())));
        if (state != null) {
            arguments.addAll(List.of("--state", state.name().toLowerCase(Locale.ROOT)));
        }
        return arguments;
    }

    /** The innermost cause that the client names. */
    private static String reason(String said) {
        String reason = "it says nothing";
        for (String line : said.lines().toList()) {
            boolean cause = line.startsWith("Caused by: ");
            if (cause || (reason.equals("it says nothing") && line.contains("Exception: "))) {
                reason = line.replaceFirst("^Caused by: ", "")
                        .replaceFirst("^[\\w.$]+: ", "")
                        .strip();
            }
        }
        return reason;
    }
}
