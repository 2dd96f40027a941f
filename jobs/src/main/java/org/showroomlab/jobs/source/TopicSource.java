package org.showroomlab.jobs.source;

import java.util.List;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.KafkaSourceReader;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.reader.fetcher.KafkaSourceFetcherManager;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.showroomlab.jobs.observe.RawRecords;
import org.showroomlab.jobs.wire.RawRecordsFormat;
import org.showroomlab.jobs.wire.WireType;

/**
 * Topics without end, as the Kafka connector reads them, but handed over in blocks: a record at a time goes through five
 * calls of Flink and its mailbox, which took as long as scanning it. Partitions, offsets in checkpoints and their commits
 * are the connector's.
 */
final class TopicSource
        implements Source<RawRecords, KafkaPartitionSplit, KafkaSourceEnumState>, ResultTypeQueryable<RawRecords> {
    private static final long serialVersionUID = 1L;

    private final Properties consumer = new Properties();
    private final KafkaSource<byte[]> kafka;

    /** Without state everything is read, whatever the group may have committed. */
    TopicSource(String brokers, String group, List<String> topics) {
        consumer.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        consumer.setProperty(ConsumerConfig.GROUP_ID_CONFIG, group);
        consumer.setProperty(KafkaSourceOptions.CLIENT_ID_PREFIX.key(), group);
        consumer.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        consumer.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
        // What a producer takes back has not happened.
        consumer.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        kafka = KafkaSource.<byte[]>builder()
                .setProperties(consumer)
                .setTopics(topics)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(KafkaRecordDeserializationSchema.valueOnly(ByteArrayDeserializer.class))
                .build();
        consumer.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    }

    @Override
    public SourceReader<RawRecords, KafkaPartitionSplit> createReader(SourceReaderContext context) {
        FutureCompletingBlockingQueue<RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>>> fetched =
                new FutureCompletingBlockingQueue<>();
        KafkaSourceReaderMetrics metrics = new KafkaSourceReaderMetrics(context.metricGroup());
        return new KafkaSourceReader<>(
                fetched,
                new KafkaSourceFetcherManager(
                        fetched, () -> new BlockReader(consumer, context, metrics), finished -> {}),
                (block, output, split) -> {
                    output.collect(((RecordBlock) block).records());
                    split.setCurrentOffset(block.offset() + 1);
                },
                new Configuration(),
                context,
                metrics);
    }

    @Override
    public Boundedness getBoundedness() {
        return kafka.getBoundedness();
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        return kafka.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint)
            throws java.io.IOException {
        return kafka.restoreEnumerator(context, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return kafka.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return kafka.getEnumeratorCheckpointSerializer();
    }

    @Override
    public TypeInformation<RawRecords> getProducedType() {
        return WireType.writtenBy(RawRecordsFormat.class);
    }
}
