package org.showroomlab.jobs.source;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.observe.RawRecords;
import org.showroomlab.jobs.wire.RawRecordsFormat;
import org.showroomlab.jobs.wire.WireType;

/** A Kafka record with its origin; its value is not looked at. */
final class KafkaRecords implements KafkaRecordDeserializationSchema<RawRecords> {
    private static final long serialVersionUID = 1L;
    private static final byte[] NOTHING = {};

    // Records come partition by partition, and all of one partition share the name's object.
    private transient @Nullable String lastTopic;
    private transient int lastSource;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecords> out) {
        byte[] value = record.value() == null ? NOTHING : record.value();
        out.collect(RawRecords.ofTopic(
                source(record.topic()), record.partition(), record.offset(), record.timestamp(), value));
    }

    @SuppressWarnings("ReferenceEquality") // another object only costs a search
    private int source(String topic) {
        if (topic != lastTopic) {
            lastTopic = topic;
            lastSource = EventSources.TOPICS.indexOf(topic);
        }
        return lastSource;
    }

    @Override
    public TypeInformation<RawRecords> getProducedType() {
        return WireType.writtenBy(RawRecordsFormat.class);
    }
}
