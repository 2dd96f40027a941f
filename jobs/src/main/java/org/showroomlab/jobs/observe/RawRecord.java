package org.showroomlab.jobs.observe;

/**
 * A record as it came.
 *
 * @param source the topic or file
 * @param position line from 1, or {@code partition/offset}
 * @param bytes without the line end
 */
public record RawRecord(String source, String position, byte[] bytes) {}
