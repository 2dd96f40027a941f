package org.showroomlab.jobs.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.enumerate.NonSplittingRecursiveEnumerator;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.jobs.observe.RawRecords;
import org.showroomlab.jobs.wire.RawRecordsFormat;
import org.showroomlab.jobs.wire.WireType;

/** Where a job's records come from. */
public final class EventSources {
    /** The names of the event topics, ascending: their numbers as sources. */
    public static final List<String> TOPICS =
            Arrays.stream(EventType.values()).map(EventType::topic).sorted().toList();

    /** How long a partition may be silent before event time goes on without it. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** Per reader: so many that the last ones end at about the same time. */
    private static final int MANY_FILES = 8;

    private EventSources() {}

    /** The names of files as sources, ascending. */
    public static List<String> names(List<Path> files) {
        return files.stream()
                .map(file -> flinkPath(file).getPath())
                .sorted()
                .distinct()
                .toList();
    }

    /** As the reader of a file will be told it: absolute and without detours. */
    private static org.apache.flink.core.fs.Path flinkPath(Path file) {
        return new org.apache.flink.core.fs.Path(
                file.toAbsolutePath().normalize().toUri());
    }

    /** All lines of the files, once. */
    public static DataStream<RawRecords> files(StreamExecutionEnvironment env, List<Path> files) {
        FileSource<RawRecords> source = FileSource.forBulkFileFormat(
                        EventFileFormat.of(names(files)),
                        files.stream().map(EventSources::flinkPath).toArray(org.apache.flink.core.fs.Path[]::new))
                .setFileEnumerator(() -> new NonSplittingRecursiveEnumerator(path -> true))
                .setSplitAssigner(FilesInOrder::new)
                .build();
        DataStream<RawRecords> blocks = env.fromSource(
                        source, WatermarkStrategy.noWatermarks(), "files", WireType.writtenBy(RawRecordsFormat.class))
                .uid("files");
        // A file is read by one reader. Of many files each reader has its share, and decodes it where it is.
        // The blocks of a few files are dealt out, so that all decode.
        return files.size() < MANY_FILES * env.getParallelism() ? blocks.rebalance() : blocks;
    }

    /**
     * The four event topics without end. A job that is restored goes on where its state ends; one that starts without
     * state reads everything, whatever a consumer group may have committed, since its tables begin empty.
     *
     * <p>Event time is that of the partition that is furthest behind; one that is silent does not hold it up. So a topic
     * that is read from its start late is not late.
     *
     * @param clockAheadMillis how far an event's time may be after its record's arrival
     */
    public static DataStream<RawRecords> topics(
            StreamExecutionEnvironment env, String brokers, String group, long clockAheadMillis) {
        WatermarkStrategy<RawRecords> eventTime = WatermarkStrategy.<RawRecords>forMonotonousTimestamps()
                .withTimestampAssigner(context -> new EventTime(clockAheadMillis))
                .withIdleness(IDLE);
        return env.fromSource(new TopicSource(brokers, group, TOPICS), eventTime, "topics")
                .uid("topics");
    }
}
