package org.showroomlab.jobs.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.KafkaPartitionSplitReader;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.observe.RecordWriter;

/**
 * Polls a consumer and packs what it brings into blocks, in the thread that polls.
 *
 * <p>The connector calls keys and values arrays, but looks at neither. As arrays they would be a copy of every record that is
 * thrown away at once; so they stay in the buffers that came from the broker, and values go from there into the block.
 */
@SuppressWarnings("try") // the connector closes it as it closes its own
final class BlockReader extends KafkaPartitionSplitReader {
    private static final int BLOCK_BYTES = 1 << 16;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Blocks to be used again: the thread that polls takes them, the one that decodes gives them back. */
    private final Queue<byte[]> rooms = new ConcurrentLinkedQueue<>();

    BlockReader(Properties consumer, SourceReaderContext context, KafkaSourceReaderMetrics metrics) {
        super(leavingRecordsInBuffers(consumer), context, metrics);
    }

    private static Properties leavingRecordsInBuffers(Properties consumer) {
        Properties properties = new Properties();
        properties.putAll(consumer);
        properties.setProperty(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteBufferDeserializer.class.getName());
        properties.setProperty(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteBufferDeserializer.class.getName());
        return properties;
    }

    @Override
    public RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetch() throws IOException {
        RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> polled = super.fetch();
        Map<String, Collection<ConsumerRecord<byte[], byte[]>>> blocks = new LinkedHashMap<>();
        List<byte[]> used = new ArrayList<>();
        for (String split = polled.nextSplit(); split != null; split = polled.nextSplit()) {
            List<ConsumerRecord<byte[], byte[]>> ofSplit = new ArrayList<>();
            ConsumerRecord<byte[], byte[]> next = polled.nextRecordFromSplit();
            while (next != null) {
                next = pack(next, polled, ofSplit, used);
            }
            blocks.put(split, ofSplit);
        }
        return new RecordsBySplits<>(blocks, polled.finishedSplits()) {
            @Override
            public void recycle() {
                rooms.addAll(used);
            }
        };
    }

    /** Makes one block, from that record on, and returns the first record that is not in it. */
    private @Nullable ConsumerRecord<byte[], byte[]> pack(
            ConsumerRecord<byte[], byte[]> first,
            RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> polled,
            List<ConsumerRecord<byte[], byte[]>> blocks,
            List<byte[]> used) {
        RecordWriter writer = new RecordWriter(roomFor(value(first), used), first.offset());
        ConsumerRecord<byte[], byte[]> last = first;
        ConsumerRecord<byte[], byte[]> next = first;
        do {
            last = next;
            ByteBuffer value = value(last);
            writer.write(
                    last.offset(),
                    last.timestamp(),
                    value.array(),
                    value.arrayOffset() + value.position(),
                    value.remaining());
            next = polled.nextRecordFromSplit();
        } while (next != null && writer.hasRoomFor(value(next).remaining()));
        int source = EventSources.TOPICS.indexOf(last.topic());
        blocks.add(new RecordBlock(last.topic(), last.offset(), writer.records(source, last.partition())));
        return next;
    }

    private byte[] roomFor(ByteBuffer record, List<byte[]> used) {
        int needed = record.remaining() + RecordWriter.MAX_HEAD_BYTES;
        if (needed > BLOCK_BYTES) {
            return new byte[needed];
        }
        byte[] free = rooms.poll();
        byte[] room = free == null ? new byte[BLOCK_BYTES] : free;
        used.add(room);
        return room;
    }

    private static ByteBuffer value(ConsumerRecord<?, ?> record) {
        ByteBuffer value = (ByteBuffer) record.value();
        if (value == null) {
            return NOTHING;
        }
        return value.hasArray() ? value : ByteBuffer.wrap(Utils.toArray(value));
    }
}
