package org.showroomlab.jobs.source;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.showroomlab.jobs.observe.RawRecords;

/** Several records of a partition, which the connector takes for one: its offset is that of the last. */
final class RecordBlock extends ConsumerRecord<byte[], byte[]> {
    private static final byte[] NOTHING = {};

    private final RawRecords records;

    RecordBlock(String topic, long lastOffset, RawRecords records) {
        super(topic, records.partition(), lastOffset, NOTHING, NOTHING);
        this.records = records;
    }

    RawRecords records() {
        return records;
    }
}
