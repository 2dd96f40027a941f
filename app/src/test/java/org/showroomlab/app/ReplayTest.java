package org.showroomlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.app.embedded.EmbeddedBroker;

/** What stands in a file stands in Kafka afterwards: unchanged, in the right topic, under the right key. */
class ReplayTest {
    private static final String VISIT =
            "{\"type\":\"visit\", \"id\":\"v1\",\"ts\":1767657600000,\"showroom\":\"s\",\"visitor\":\"ana\"}";
    private static final String TIMING =
            "{\"attributes\":{\"type\":\"x\"},\"type\":\"cache_timing\",\"ts\":\"2026-01-06T00:00:00Z\",\"cache\":\"edge-ç\"}";
    private static final String STOCK =
            "{\"type\":\"stock\",\"id\":\"s1\",\"ts\":1767657600001,\"showroom\":\"porto\",\"sku\":\"mug\",\"on_hand\":3}";
    private static final String PURCHASE_CUT_SHORT = "{\"type\":\"purchase\",\"visitor\":\"rui\",\"amount_minor\":";
    private static final String NO_TYPE = "not json at all";

    @TempDir
    Path folder;

    @Test
    void everyLineArrivesUnchanged() throws IOException {
        Files.writeString(folder.resolve("a.ndjson"), String.join("\n", VISIT, NO_TYPE, "", PURCHASE_CUT_SHORT) + "\n");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("b.ndjson.gz")))) {
            out.write((TIMING + "\r\n" + STOCK).getBytes(StandardCharsets.UTF_8));
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(Files.createDirectory(folder.resolve("broker")))) {
            Command.Answer answer =
                    Command.execute("replay", folder.toString(), "--brokers", broker.brokers(), "--speed", "1000000");
            assertThat(answer.code()).as(answer.err()).isZero();
            assertThat(answer.out()).contains("5 records sent, 1 of them without a readable type");
            assertThat(recordsOf(broker.brokers(), "visits"))
                    .containsExactlyInAnyOrder("ana|" + VISIT, "null|" + NO_TYPE);
            assertThat(recordsOf(broker.brokers(), "purchases")).containsExactly("rui|" + PURCHASE_CUT_SHORT);
            assertThat(recordsOf(broker.brokers(), "cache-timings")).containsExactly("edge-ç|" + TIMING);
            assertThat(recordsOf(broker.brokers(), "stock")).containsExactly("porto/mug|" + STOCK);
        }
    }

    @Test
    void aRecordThatTheBrokersDoNotTakeIsSaid() throws IOException {
        Files.writeString(folder.resolve("a.ndjson"), VISIT + "\n{\"page\":\"" + incompressible(2_000_000) + "\"}\n");
        try (EmbeddedBroker broker = EmbeddedBroker.start(Files.createDirectory(folder.resolve("broker")))) {
            Command.Answer answer = Command.execute("replay", folder.toString(), "--brokers", broker.brokers());
            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.err()).contains("showroom: 1 records were not taken by " + broker.brokers());
            assertThat(answer.out()).contains("1 records sent");
        }
    }

    @Test
    void howManyWereSentBeforeADamagedPlaceIsSaid() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write((VISIT + "\n").repeat(3).getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = packed.toByteArray();
        Files.write(folder.resolve("a.ndjson.gz"), Arrays.copyOf(whole, whole.length - 4));
        try (EmbeddedBroker broker = EmbeddedBroker.start(Files.createDirectory(folder.resolve("broker")))) {
            Command.Answer answer = Command.execute("replay", folder.toString(), "--brokers", broker.brokers());
            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.err()).contains("a.ndjson.gz");
            assertThat(answer.out()).contains("3 records sent");
            assertThat(recordsOf(broker.brokers(), "visits")).hasSize(3);
        }
    }

    /** Brokers judge what is left after compression. */
    private static String incompressible(int length) {
        return new Random(1)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws IOException {
        assertThat(Command.execute("replay", folder.toString(), "--brokers", "127.0.0.1:1")
                        .err())
                .contains("no events in " + folder);
        Files.writeString(folder.resolve("a.ndjson"), VISIT);
        assertThat(Command.execute("replay").code()).isEqualTo(2);
        assertThat(Command.execute("replay", folder.toString(), "--brokers", "127.0.0.1:1", "--speed", "0")
                        .code())
                .isEqualTo(2);
        Command.Answer nobody = Command.execute("replay", folder.toString(), "--brokers", "127.0.0.1:1");
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.err()).contains("the topics cannot be reached at 127.0.0.1:1: no broker answers there");
    }

    private static List<String> recordsOf(String brokers, String topic) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long all = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            List<String> records = new ArrayList<>();
            while (records.size() < all) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                    records.add(record.key() + "|" + record.value());
                }
            }
            return records;
        }
    }
}
