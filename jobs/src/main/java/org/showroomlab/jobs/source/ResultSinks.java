package org.showroomlab.jobs.source;

import java.nio.charset.StandardCharsets;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.showroomlab.jobs.flow.CountingJob;
import org.showroomlab.jobs.results.DeadLetterRow;
import org.showroomlab.jobs.results.ResultCodec;

/** Where a live job's answers go: the topics {@code results} (compacted, by job and row key) and {@code dead-letters}. */
public final class ResultSinks {
    public static final String RESULTS_TOPIC = "results";
    public static final String DEAD_LETTERS_TOPIC = "dead-letters";

    /**
     * What the two topics must take in one message: a record that was set aside goes out with its origin and reason
     * around it, and in base64, so it needs more room than it had in its own topic.
     */
    public static final int MAX_MESSAGE_BYTES = 8 << 20;

    private ResultSinks() {}

    /** At least once is enough: rows are absolute and keyed, so writing one again changes nothing. */
    public static void toTopics(CountingJob.Outputs outputs, String brokers) {
        String job = outputs.job();
        sink(outputs.rows(), brokers, (row, context, timestamp) -> resultRecord(row), RESULTS_TOPIC);
        sink(
                outputs.deadLetters(),
                brokers,
                (row, context, timestamp) -> deadLetterRecord(job, row),
                DEAD_LETTERS_TOPIC);
    }

    private static <T> void sink(
            DataStream<T> stream, String brokers, KafkaRecordSerializationSchema<T> schema, String topic) {
        KafkaSink<T> sink = KafkaSink.<T>builder()
                .setBootstrapServers(brokers)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(schema)
                .setProperty("max.request.size", Integer.toString(MAX_MESSAGE_BYTES))
                .setProperty("linger.ms", "20")
                .setProperty("compression.type", "lz4")
                .build();
        stream.sinkTo(sink).name(topic).uid(topic);
    }

    private static ProducerRecord<byte[], byte[]> resultRecord(Tuple2<String, byte[]> row) {
        return new ProducerRecord<>(RESULTS_TOPIC, utf8(row.f0), row.f1);
    }

    private static ProducerRecord<byte[], byte[]> deadLetterRecord(String job, DeadLetterRow row) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(DEAD_LETTERS_TOPIC, utf8(ResultCodec.key(job, row)), row.bytes());
        record.headers()
                .add("job", utf8(job))
                .add("source", utf8(row.source()))
                .add("position", utf8(row.position()))
                .add("reason", utf8(row.code()))
                .add("detail", utf8(row.detail()));
        return record;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
