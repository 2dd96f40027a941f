package org.showroomlab.app.crash;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalLong;

/** How many records a web app says were received, all sources together. */
final class Accounting {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI metrics;

    Accounting(int port) {
        this.metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
    }

    /** Empty when nobody answers. */
    OptionalLong received() throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(metrics).timeout(PATIENCE).build();
            String text =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return OptionalLong.of(text.lines()
                    .filter(line -> line.startsWith("showroom_records_received_total{"))
                    .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
