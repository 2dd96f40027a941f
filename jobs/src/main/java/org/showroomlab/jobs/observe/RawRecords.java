package org.showroomlab.jobs.observe;

/**
 * Records as they came: one Kafka record, or a block of whole lines of a file.
 *
 * @param source number of the topic or file among the job's sources
 * @param partition of the topic; {@link #FILE} for lines
 * @param position offset of the record, or number of the first line, from 1
 * @param arrivalMillis when the broker took it; {@link Long#MAX_VALUE} when that is not known
 * @param bytes the record, or lines with their ends
 * @param length bytes used
 */
public record RawRecords(int source, int partition, long position, long arrivalMillis, byte[] bytes, int length) {
    public static final int FILE = -1;

    /** A record of a topic. */
    public static RawRecords ofTopic(int source, int partition, long offset, long arrivalMillis, byte[] record) {
        return new RawRecords(source, partition, offset, arrivalMillis, record, record.length);
    }

    public boolean isLines() {
        return partition == FILE;
    }
}
