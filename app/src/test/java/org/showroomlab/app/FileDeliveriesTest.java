package org.showroomlab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.app.live.FileDeliveries;
import org.showroomlab.ingest.simulate.Delivery;
import org.showroomlab.jobs.source.InputProblem;
import org.showroomlab.jobs.source.LineReader;

/** When the lines of files are sent: each when it was delivered, as far as the lines around it tell. */
class FileDeliveriesTest {
    private static final String JANUARY = "2026-01-21T00:00:00Z";
    private static final String FEBRUARY = "2026-02-10T00:00:00Z";
    private static final String APRIL = "2026-04-05T01:00:00Z";

    @TempDir
    Path folder;

    @Test
    void aLongPauseIsOneWhenTheNextLineConfirmsIt() throws IOException {
        write("stock", JANUARY, APRIL, APRIL);
        write("visits", JANUARY, FEBRUARY);
        assertThat(sent())
                .containsExactly(
                        "stock " + JANUARY,
                        "visits " + JANUARY,
                        "visits " + FEBRUARY,
                        "stock " + APRIL,
                        "stock " + APRIL);
    }

    @Test
    void aFileMayEndWithOneLineAfterAPause() throws IOException {
        write("stock", JANUARY, APRIL);
        write("visits", JANUARY, FEBRUARY);
        assertThat(sent()).endsWith("visits " + FEBRUARY, "stock " + APRIL);
    }

    @Test
    void aBrokenClockHoldsNothingUp() throws IOException {
        write(
                "stock",
                JANUARY,
                APRIL,
                JANUARY,
                "2999-01-01T00:00:00Z",
                "2999-01-01T00:00:00Z",
                FEBRUARY,
                "2999-01-01T00:00:00Z");
        write("visits", "2999-01-01T00:00:00Z", JANUARY, "+999999999-01-01T00:00:00Z", APRIL);
        assertThat(sent())
                .containsExactly(
                        "visits " + null,
                        "stock " + JANUARY,
                        "stock " + JANUARY,
                        "stock " + JANUARY,
                        "stock " + JANUARY,
                        "stock " + JANUARY,
                        "visits " + JANUARY,
                        "visits " + JANUARY,
                        "stock " + FEBRUARY,
                        "stock " + FEBRUARY,
                        "visits " + APRIL);
    }

    @Test
    void aFileIsNotHeldAtABeginningWithoutAClock() throws IOException {
        write("stock", "1970-01-01T00:00:00Z", JANUARY, JANUARY);
        assertThat(sent()).containsExactly("stock 1970-01-01T00:00:00Z", "stock " + JANUARY, "stock " + JANUARY);
    }

    @Test
    void whatStandsBeforeADamagedEndIsSent() throws IOException {
        write("visits", JANUARY, FEBRUARY);
        Path damaged = folder.resolve("stock.ndjson.gz");
        byte[] whole = compressed(2_000);
        Files.write(damaged, Arrays.copyOf(whole, whole.length / 2));
        int readable = readableLines(damaged);
        assertThat(readable).isBetween(2, 1_999);
        List<String> sent = new ArrayList<>();
        try (FileDeliveries deliveries = FileDeliveries.of(List.of(damaged, folder.resolve("visits.ndjson")))) {
            assertThatThrownBy(() -> deliveries.forEachRemaining(next -> sent.add(key(next))))
                    .isInstanceOf(InputProblem.class)
                    .hasMessageContaining("the file " + damaged + " cannot be read to its end");
            assertThat(sent).filteredOn("stock"::equals).hasSize(readable);
            deliveries.forEachRemaining(next -> sent.add(key(next)));
            assertThat(sent).filteredOn("visits"::equals).hasSize(2);
            assertThat(deliveries.withoutType()).isZero();
        }
    }

    /** Lines that do not repeat each other, so that half of the bytes hold about half of them. */
    private static byte[] compressed(int lines) throws IOException {
        Random random = new Random(1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < lines; i++) {
                String line = "{\"type\":\"visit\",\"visitor\":\"stock\",\"ts\":\"" + JANUARY + "\",\"id\":\""
                        + Long.toHexString(random.nextLong()) + "\"}\n";
                out.write(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static int readableLines(Path file) throws IOException {
        int lines = 0;
        try (LineReader reader = new LineReader(new GZIPInputStream(Files.newInputStream(file), 1 << 16))) {
            while (reader.next() != null) {
                lines++;
            }
        } catch (EOFException e) {
            return lines;
        }
        throw new AssertionError("the file is not damaged");
    }

    private static String key(Delivery delivery) {
        return new String(delivery.key(), StandardCharsets.UTF_8);
    }

    private void write(String file, String... instants) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String instant : instants) {
            lines.add("{\"type\":\"visit\",\"visitor\":\"" + file + "\",\"ts\":\"" + instant + "\"}");
        }
        Files.write(folder.resolve(file + ".ndjson"), lines);
    }

    /** The file of each line in the order of sending, and when it is due; {@code null}: at once. */
    private List<String> sent() {
        List<String> sent = new ArrayList<>();
        try (FileDeliveries deliveries =
                FileDeliveries.of(List.of(folder.resolve("stock.ndjson"), folder.resolve("visits.ndjson")).stream()
                        .filter(Files::exists)
                        .toList())) {
            while (deliveries.hasNext()) {
                Delivery next = deliveries.next();
                long millis = next.deliveredAtMillis();
                sent.add(key(next) + " " + (millis == Long.MIN_VALUE ? null : Instant.ofEpochMilli(millis)));
            }
        }
        return sent;
    }
}
