package org.showroomlab.jobs.observe;

/** Single records as the topics' source would hand them over. */
public final class TopicRecords {
    private TopicRecords() {}

    public static RawRecords of(int source, int partition, long offset, long arrivalMillis, byte[] record) {
        RecordWriter writer = new RecordWriter(new byte[record.length + RecordWriter.MAX_HEAD_BYTES], offset);
        writer.write(offset, arrivalMillis, record);
        return writer.records(source, partition);
    }
}
