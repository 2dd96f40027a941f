package org.showroomlab.jobs.source;

import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.showroomlab.ingest.codec.Timestamps;
import org.showroomlab.jobs.observe.RawRecords;
import org.showroomlab.jobs.observe.RecordReader;

/**
 * A glance at the newest time of records that are not decoded yet, for watermarks only: they decide when the state of a finished
 * experiment may go, weeks later, so a record in an unusual form may be passed over.
 */
final class EventTime implements TimestampAssigner<RawRecords> {
    static final long UNKNOWN = Long.MIN_VALUE;
    private static final byte[] FIELD = "\"ts\":".getBytes(StandardCharsets.UTF_8);

    private final RecordReader reader = new RecordReader();
    /** How far into the last record the field stood: those of one sender look alike. */
    private int likely;

    private final long clockAheadMillis;

    /** @param clockAheadMillis how far a time may be after the record's arrival; what is farther is set aside */
    EventTime(long clockAheadMillis) {
        this.clockAheadMillis = clockAheadMillis;
    }

    /**
     * Never after the record's arrival, and none of a record that is farther ahead than is allowed: one device whose clock
     * is ahead must not end every experiment, and the arrival of what is replayed is years after its events.
     */
    @Override
    public long extractTimestamp(RawRecords records, long ignored) {
        long newest = UNKNOWN;
        reader.at(records);
        while (reader.next()) {
            int end = reader.start() + reader.length();
            long millis = of(records.bytes(), reader.start(), end);
            if (millis != UNKNOWN && millis - clockAheadMillis <= reader.arrivalMillis()) {
                newest = Math.max(newest, Math.min(millis, reader.arrivalMillis()));
            }
        }
        return newest;
    }

    private long of(byte[] bytes, int start, int end) {
        int at = afterField(bytes, start, end);
        if (at < 0) {
            return UNKNOWN;
        }
        while (at < end && bytes[at] == ' ') {
            at++;
        }
        return at < end && bytes[at] == '"' ? ofText(bytes, at + 1, end) : ofNumber(bytes, at, end);
    }

    private int afterField(byte[] bytes, int start, int end) {
        int last = end - FIELD.length;
        if (start + likely < last && isField(bytes, start + likely)) {
            return start + likely + FIELD.length;
        }
        for (int i = start; i < last; i++) {
            if (isField(bytes, i)) {
                likely = i - start;
                return i + FIELD.length;
            }
        }
        return -1;
    }

    private static boolean isField(byte[] bytes, int at) {
        return bytes[at] == '"'
                && bytes[at + 1] == 't'
                && bytes[at + 2] == 's'
                && bytes[at + 3] == '"'
                && bytes[at + 4] == ':';
    }

    private static long ofNumber(byte[] bytes, int from, int end) {
        long millis = 0;
        int at = from;
        while (at < end && at < from + 15 && bytes[at] >= '0' && bytes[at] <= '9') {
            millis = 10 * millis + bytes[at++] - '0';
        }
        return at == from ? UNKNOWN : millis;
    }

    private static long ofText(byte[] bytes, int from, int end) {
        int to = from;
        while (to < end && to < from + 40 && bytes[to] != '"') {
            to++;
        }
        return Timestamps.read(new String(bytes, from, to - from, StandardCharsets.UTF_8))
                .orElse(UNKNOWN);
    }
}
