package org.showroomlab.reports.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.store.Interruption;
import org.showroomlab.reports.store.Store;

@Timeout(60)
class WebAppTest {
    private static final ListenAddress ANY_PORT = new ListenAddress("127.0.0.1", 0);

    private final Store store = Store.inMemory();
    private final WebApp app = start(store);
    private final HttpClient client = HttpClient.newHttpClient();

    private static WebApp start(Store store) {
        store.registerExperiments(List.of(Samples.gate()));
        store.apply(Samples.gateRows(), Map.of());
        return WebApp.start(store, ANY_PORT);
    }

    @AfterEach
    void close() {
        app.close();
        store.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/experiments/gate, text/html",
        "/summary, text/html",
        "/calibration, text/html",
        "/experiments/gate.json, application/json",
        "/experiments/gate.csv, text/csv",
        "/experiments/gate.html, text/html",
        "/summary.csv, text/csv",
        "/api/v1/experiments, application/json",
        "/api/v1/experiments/gate, application/json",
        "/api/v1/summary, application/json",
        "/api/openapi.json, application/json",
        "/assets/live.js, text/javascript",
        "/health, application/json",
        "/metrics, text/plain"
    })
    void everyAddressAnswers(String path, String type) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.body()).isNotEmpty();
        saysTheSameWithoutABody(path, answer);
    }

    private void saysTheSameWithoutABody(String path, HttpResponse<String> got)
            throws IOException, InterruptedException {
        HttpRequest head = HttpRequest.newBuilder(uri(path))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(20))
                .build();
        HttpResponse<String> answer = client.send(head, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(got.statusCode());
        assertThat(answer.headers().firstValue("Content-Type"))
                .isEqualTo(got.headers().firstValue("Content-Type"));
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/experiments/nothing",
                "/experiments/nothing.json",
                "/experiments/nothing.xlsx",
                "/experiments/gate.foo",
                "/experiments/..%2f..%2fetc",
                "/api/v1/experiments/nothing",
                "/summary.foo",
                "/no/such/page"
            })
    void whatIsNotThereIsAProblemDocument(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isBetween(400, 404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.get("status").asInt()).isEqualTo(answer.statusCode());
        assertThat(problem.get("title").asText()).isNotEmpty();
        assertThat(answer.body()).doesNotContain("\tat ").doesNotContain("Exception");
        saysTheSameWithoutABody(path, answer);
    }

    /** A page of anybody's, in a browser on this machine, may give this address a name of its own. */
    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "LOCALHOST:7070, 200",
        "reports.localhost:7070, 200",
        "127.0.0.1, 200",
        "[::1]:7070, 200",
        "evil.example, 421",
        "127.0.0.1.evil.example:7070, 421",
        "localhost.evil.example, 421",
        "10.0.0.1, 421"
    })
    void onlyNamesOfThisMachineAreAnswered(String host, int status) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), app.address().port())) {
            socket.getOutputStream()
                    .write(("GET /api/v1/experiments HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void resultsThatDoNotComeAreSaid() throws IOException, InterruptedException {
        store.interrupted(new Interruption(Instant.parse("2026-11-29T14:02:00Z"), "the brokers do not answer"));
        JsonNode health = new ObjectMapper().readTree(get("/health").body());
        assertThat(health.get("status").asText()).isEqualTo("interrupted");
        assertThat(health.at("/results/reason").asText()).isEqualTo("the brokers do not answer");
        assertThat(get("/metrics").body()).contains("showroom_results_interrupted 1\n");

        store.resumed();
        assertThat(new ObjectMapper()
                        .readTree(get("/health").body())
                        .get("status")
                        .asText())
                .isEqualTo("ok");
        assertThat(get("/metrics").body()).contains("showroom_results_interrupted 0\n");
    }

    @Test
    void experimentsThatAreBetweenTwoStatesAreSaid() throws IOException, InterruptedException {
        assertThat(new ObjectMapper().readTree(get("/health").body()).get("being_counted"))
                .isEmpty();
        store.restating(Set.of("gate"));
        JsonNode health = new ObjectMapper().readTree(get("/health").body());
        assertThat(health.get("being_counted")).extracting(JsonNode::asText).containsExactly("gate");
        assertThat(get("/metrics").body()).contains("showroom_experiments_being_counted 1\n");
        store.restating(Set.of());
        assertThat(get("/metrics").body()).contains("showroom_experiments_being_counted 0\n");
    }

    @Test
    void theStreamHasNoBodyToAskForWithHead() throws IOException, InterruptedException {
        HttpRequest head = HttpRequest.newBuilder(uri("/api/v1/live"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(20))
                .build();
        HttpResponse<String> answer = client.send(head, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
    }

    /** Ignored, it would look as if it had been obeyed. A page may carry what somebody's mail added to its address. */
    @Test
    void theApiRefusesParametersThatItDoesNotKnow() throws IOException, InterruptedException {
        for (String path : List.of(
                "/api/v1/experiments/gate?as_of=2026-01-06",
                "/api/v1/summary?as_of=2026",
                "/api/v1/experiments?as_of",
                "/api/v1/live?as_of=&x=1")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.body()).contains("unknown parameter as_of; this address takes none");
        }
        assertThat(get("/experiments/gate?utm_source=mail").statusCode()).isEqualTo(200);
        assertThat(get("/experiments/gate.csv?as_of=2026-02-01").statusCode()).isEqualTo(400);
        assertThat(get("/summary.json?quarter=2026-Q1").statusCode()).isEqualTo(400);
    }

    @Test
    void theDescriptionNamesEveryRouteAndWhoMayAsk() throws IOException, InterruptedException {
        JsonNode api = new ObjectMapper().readTree(get("/api/openapi.json").body());
        assertThat(api.get("security").toString()).isEqualTo("[{\"bearer\":[]},{\"basic\":[]},{}]");
        assertThat(api.get("paths").has("/calibration")).isTrue();
        for (JsonNode path : api.get("paths")) {
            for (JsonNode operation : path) {
                assertThat(operation.get("responses").has("401"))
                        .as(operation.get("summary").asText())
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/experiments/gate.xlsx, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, gate.xlsx, PK",
        "/summary.xlsx, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, summary.xlsx, PK",
        "/experiments/gate.pdf, application/pdf, gate.pdf, %PDF",
        "/summary.pdf, application/pdf, summary.pdf, %PDF",
        "/experiments/gate.ipynb, application/x-ipynb+json, gate.ipynb, {",
        "/summary.ipynb, application/x-ipynb+json, summary.ipynb, {"
    })
    void aFileToKeepComesWithItsName(String path, String type, String name, String start)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(type);
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"" + name + "\"");
        assertThat(new String(answer.body(), StandardCharsets.ISO_8859_1)).startsWith(start);
    }

    @Test
    void anUnknownExperimentIsToldWhichOnesThereAre() throws IOException, InterruptedException {
        assertThat(get("/api/v1/experiments/gaet").body()).contains("there are: gate");
        assertThat(get("/experiments/gate.foo").body()).contains("available: json, csv, html, xlsx, pdf, ipynb");
    }

    @Test
    void anAddressThatCannotBeReadIsAProblemDocumentToo() throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), app.address().port())) {
            String request = "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "\"status\":400")
                    .doesNotContain("<html");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000\r\n\r\n{}", "Transfer-Encoding: chunked\r\n\r\nZZ\r\n"})
    void aBodyThatEndsTooEarlyIsTheSendersFault(String rest) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), app.address().port())) {
            String request = "POST /api/v1/analyze HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + rest;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json", "\"status\":400");
        }
    }

    @Test
    void writingIsNotAllowed() throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(uri("/experiments/gate"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = client.send(post, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "*/*", ""})
    void whoListensHearsOfAChangeOnceHoweverManyThereAre(String accepted) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/api/v1/live"));
        if (!accepted.isEmpty()) {
            request.header("Accept", accepted);
        }
        HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(nextData(lines)).isEqualTo("data: {}");
            for (int i = 0; i < 20; i++) {
                store.apply(Samples.gateRows(), Map.of());
            }
            assertThat(nextData(lines)).contains("\"revision\":1");
            app.publishChange();
            assertThat(nextData(lines)).contains("\"revision\":2");
            store.interrupted(new Interruption(Instant.parse("2026-11-29T14:02:00Z"), "the brokers do not answer"));
            assertThat(nextData(lines)).contains("\"interrupted_since\":\"2026-11-29T14:02:00Z\"");
        }
    }

    /** A page that calls itself live lets its reader wait for what cannot come. */
    @Test
    void whoListensToAFileThatNobodyWritesHearsThatItIsNotLive(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path file = folder.resolve("finished.duckdb");
        try (Store writer = Store.open(file)) {
            writer.replace(List.of(Samples.gate()), Samples.gateRows());
        }
        try (Store finished = Store.openToRead(file);
                WebApp reader = WebApp.start(finished, ListenAddress.parse("127.0.0.1:0"))) {
            URI address = URI.create("http://" + reader.address() + "/api/v1/live");
            HttpResponse<InputStream> answer =
                    client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                assertThat(nextData(lines)).isEqualTo("data: {\"live\":false}");
            }
        }
    }

    private static String nextData(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith("data:")) {
            line = lines.readLine();
        }
        return String.valueOf(line);
    }

    @Test
    void monitoringSeesTheAccounting() throws IOException, InterruptedException {
        assertThat(get("/metrics").body())
                .contains("showroom_records_total{feed=\"live\",source=\"events.ndjson\",outcome=\"counted\"} 80")
                .contains("showroom_records_received_total{feed=\"live\",source=\"events.ndjson\"} ")
                .contains("source=\"events.ndjson\",note=\"late\"} ")
                .doesNotContain("outcome=\"received\"", "outcome=\"late\"")
                .contains("# TYPE showroom_records_total counter");
    }

    @Test
    void aTakenPortIsOneClearSentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0);
                Store other = Store.inMemory()) {
            ListenAddress address = new ListenAddress("0.0.0.0", taken.getLocalPort());
            AccessTokens tokens = new AccessTokens(Set.of("a-token-that-is-long-enough"));
            assertThatThrownBy(() -> WebApp.start(other, address, tokens))
                    .isInstanceOf(ListenRefused.class)
                    .hasMessageContaining(":" + taken.getLocalPort() + " is taken");
        }
    }

    @Test
    void anAddressThatOthersCanReachNeedsTokens() throws IOException, InterruptedException {
        ListenAddress everywhere = new ListenAddress("0.0.0.0", 0);
        assertThatThrownBy(() -> WebApp.start(store, everywhere, new AccessTokens(Set.of())))
                .isInstanceOf(ListenRefused.class)
                .hasMessageContaining("needs tokens");

        try (WebApp guarded =
                WebApp.start(store, everywhere, new AccessTokens(Set.of("a-token-that-is-long-enough")))) {
            URI uri = URI.create("http://127.0.0.1:" + guarded.address().port() + "/health");
            assertThat(status(uri, "")).isEqualTo(401);
            // A browser that does not know the second asks for a password by the first.
            assertThat(client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                            .headers()
                            .allValues("WWW-Authenticate"))
                    .containsExactly("Basic realm=\"Showroom Lab\"", "Bearer");
            assertThat(status(uri, "Bearer another-token-of-some-length")).isEqualTo(401);
            assertThat(status(uri, "Bearer a-token-that-is-long-enough")).isEqualTo(200);
            assertThat(status(uri, "bearer a-token-that-is-long-enough")).isEqualTo(200);
            assertThat(status(uri, "BASIC " + encoded("ana:a-token-that-is-long-enough")))
                    .isEqualTo(200);
        }
    }

    private static String encoded(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private int status(URI uri, String authorization) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void analysesAreAnsweredInTheirOrder() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                analyze("{\"analyses\":[{\"type\":\"no\"},{\"type\":\"srm\",\"counts\":[1000,1100]}]}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new ObjectMapper()
                        .readTree(answer.body())
                        .at("/results/0/error")
                        .asText())
                .startsWith("type must be");
        assertThat(analyze("no").statusCode()).isEqualTo(400);
        assertThat(analyze("no").headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    private HttpResponse<String> analyze(String body) throws IOException, InterruptedException {
        URI address = URI.create("http://" + app.address() + "/api/v1/analyze");
        return client.send(
                HttpRequest.newBuilder(address)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + app.address().port() + path);
    }
}
