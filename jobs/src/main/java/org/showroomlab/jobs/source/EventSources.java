package org.showroomlab.jobs.source;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.enumerate.NonSplittingRecursiveEnumerator;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.jobs.observe.RawRecord;
import org.showroomlab.jobs.wire.RawRecordFormat;
import org.showroomlab.jobs.wire.WireType;

/** Where a job's records come from. */
public final class EventSources {
    private EventSources() {}

    /** All lines of the files, once. */
    public static DataStream<RawRecord> files(StreamExecutionEnvironment env, List<Path> files) {
        FileSource<RawRecord> source = FileSource.forBulkFileFormat(
                        new EventFileFormat(),
                        files.stream()
                                .map(f -> new org.apache.flink.core.fs.Path(f.toUri()))
                                .toArray(org.apache.flink.core.fs.Path[]::new))
                .setFileEnumerator(() -> new NonSplittingRecursiveEnumerator(path -> true))
                .build();
        return env.fromSource(
                        source, WatermarkStrategy.noWatermarks(), "files", WireType.writtenBy(RawRecordFormat.class))
                .uid("files");
    }

    /**
     * The four event topics without end. A job that is restored goes on where its state ends; one that starts without
     * state reads everything, whatever a consumer group may have committed, since its tables begin empty.
     */
    public static DataStream<RawRecord> topics(StreamExecutionEnvironment env, String brokers, String group) {
        KafkaSource<RawRecord> source = KafkaSource.<RawRecord>builder()
                .setBootstrapServers(brokers)
                .setGroupId(group)
                .setTopics(
                        Arrays.stream(EventType.values()).map(EventType::topic).toList())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new KafkaRecords())
                .build();
        return env.fromSource(
                        source, WatermarkStrategy.noWatermarks(), "topics", WireType.writtenBy(RawRecordFormat.class))
                .uid("topics");
    }
}
