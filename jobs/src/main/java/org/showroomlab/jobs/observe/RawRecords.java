package org.showroomlab.jobs.observe;

/**
 * Records as they came: some of one partition of a topic, one after the other, or a block of whole lines of a file.
 *
 * @param source number of the topic or file among the job's sources
 * @param partition of the topic; {@link #FILE} for lines
 * @param position number of the first line, from 1, or offset of the first record
 * @param bytes lines with their ends, or records as a {@link RecordWriter} writes them
 * @param length bytes used
 */
public record RawRecords(int source, int partition, long position, byte[] bytes, int length) {
    public static final int FILE = -1;

    public boolean isLines() {
        return partition == FILE;
    }
}
