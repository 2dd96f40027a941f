package org.showroomlab.jobs.source;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.showroomlab.jobs.observe.RawRecords;

/**
 * A glance at the time of a record that is not decoded yet, for watermarks only: they decide when the state of a finished
 * experiment may go, weeks later, so a record in an unusual form may be passed over.
 */
final class EventTime implements TimestampAssigner<RawRecords> {
    static final long UNKNOWN = Long.MIN_VALUE;
    private static final byte[] FIELD = "\"ts\":".getBytes(StandardCharsets.UTF_8);

    /** Where the last record had the field: those of one sender look alike. */
    private int likely;

    /** Never after the record's arrival: one device whose clock is ahead must not end every experiment. */
    @Override
    public long extractTimestamp(RawRecords record, long arrived) {
        return Math.min(of(record.bytes()), record.arrivalMillis());
    }

    private long of(byte[] record) {
        int at = afterField(record);
        if (at < 0) {
            return UNKNOWN;
        }
        while (at < record.length && record[at] == ' ') {
            at++;
        }
        return at < record.length && record[at] == '"' ? ofText(record, at + 1) : ofNumber(record, at);
    }

    private int afterField(byte[] record) {
        int last = record.length - FIELD.length;
        if (likely < last && isField(record, likely)) {
            return likely + FIELD.length;
        }
        for (int i = 0; i < last; i++) {
            if (isField(record, i)) {
                likely = i;
                return i + FIELD.length;
            }
        }
        return -1;
    }

    private static boolean isField(byte[] record, int at) {
        return record[at] == '"'
                && record[at + 1] == 't'
                && record[at + 2] == 's'
                && record[at + 3] == '"'
                && record[at + 4] == ':';
    }

    private static long ofNumber(byte[] record, int from) {
        long millis = 0;
        int at = from;
        while (at < record.length && at < from + 15 && record[at] >= '0' && record[at] <= '9') {
            millis = 10 * millis + record[at++] - '0';
        }
        return at == from ? UNKNOWN : millis;
    }

    private static long ofText(byte[] record, int from) {
        int to = from;
        while (to < record.length && to < from + 40 && record[to] != '"') {
            to++;
        }
        try {
            return OffsetDateTime.parse(new String(record, from, to - from, StandardCharsets.UTF_8))
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException e) {
            return UNKNOWN;
        }
    }
}
