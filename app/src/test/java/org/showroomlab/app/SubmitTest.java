package org.showroomlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What submit and cluster answer when there is nothing to talk to. */
class SubmitTest {
    private static final String EXPERIMENT = """
            id: tiny
            start: 2026-01-05T00:00:00Z
            end: 2026-02-05T00:00:00Z
            variants: [{id: a, control: true}, {id: b}]
            metrics: [{id: bought, type: proportion, event: purchase, where: {kind: sale}, role: primary}]
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void writeExperiment() throws IOException {
        Files.writeString(folder.resolve("tiny.yaml"), EXPERIMENT);
    }

    @Test
    void jobsAreListed() {
        Command.Answer answer = Command.execute("submit", "--list");
        assertThat(answer.code()).isZero();
        assertThat(answer.out().lines().map(line -> line.substring(0, line.indexOf(" "))))
                .containsExactly("counting", "ttl-speed", "price-elasticity", "preorder-walk-in", "drop-monitor");
    }

    @Test
    void wrongUsageNamesWhatIsAllowed() {
        Command.Answer wrongJob = Command.execute("submit", "dance");
        assertThat(wrongJob.code()).isEqualTo(2);
        assertThat(wrongJob.err()).startsWith("there is no job 'dance'; there are: counting, ttl-speed");
        assertThat(Command.execute("submit").code()).isEqualTo(2);
        assertThat(Command.execute("submit", "counting").err()).startsWith("Missing required option: '--flink'");
        assertThat(submit("counting", "nowhere").err())
                .startsWith("showroom: --flink is 'nowhere'; allowed: HOST:PORT");
        assertThat(Command.execute("cluster").code()).isEqualTo(2);
        assertThat(Command.execute("cluster", "sideways").code()).isEqualTo(2);
    }

    @Test
    void aClusterThatDoesNotAnswerIsOneLine() {
        Command.Answer answer = submit("counting", "127.0.0.1:1");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err().strip()).isEqualTo("showroom: no Flink cluster answers at 127.0.0.1:1");
    }

    @Test
    void aJobWithoutExperimentsIsRefused() {
        Command.Answer answer = submit("ttl-speed", "127.0.0.1:1");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("no experiment in " + folder + " is one for ttl-speed");
    }

    /** Brokers that do not answer, and too few slots: what would fail anyway must not end what is at work. */
    @Test
    void nothingIsCancelledForAJobThatCannotStart() throws IOException {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        flink.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] answer = (exchange.getRequestURI().getPath().equals("/overview")
                            ? "{'taskmanagers':1,'slots-total':2,'slots-available':0}"
                            : "{'jobs':[{'jid':'old','name':'counting','state':'RUNNING'}]}")
                    .replace('\'', '"')
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        flink.start();
        try {
            String address = "127.0.0.1:" + flink.getAddress().getPort();
            Command.Answer second = submit("counting", address);
            assertThat(second.code()).isEqualTo(1);
            assertThat(second.err()).contains("is running at " + address + " already, as old; with --replace");
            Command.Answer replacing = Command.execute(
                    "submit",
                    "counting",
                    "--replace",
                    "--flink",
                    address,
                    "--brokers",
                    "127.0.0.1:1",
                    "--experiments",
                    folder.toString());
            assertThat(replacing.code()).isEqualTo(1);
            assertThat(asked).isNotEmpty().noneMatch(request -> request.startsWith("PATCH"));
        } finally {
            flink.stop(0);
        }
    }

    @Test
    void aClusterThatNeverWasIsDown() {
        Command.Answer status = Command.execute("cluster", "status", "--dir", folder.toString());
        assertThat(status.code()).isEqualTo(1);
        assertThat(status.out()).contains("broker", "down").doesNotContain("up ");
        Command.Answer down = Command.execute("cluster", "down", "--dir", folder.toString());
        assertThat(down.code()).isZero();
        assertThat(down.out()).contains("nothing was running");
    }

    private Command.Answer submit(String job, String flink) {
        return Command.execute(
                "submit", job, "--flink", flink, "--brokers", "127.0.0.1:1", "--experiments", folder.toString());
    }
}
