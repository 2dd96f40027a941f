package org.showroomlab.jobs.results;

/**
 * Where in a job's life a row was said.
 *
 * @param epoch the earliest checkpoint whose state includes it
 * @param keyGroup of its cell; the subtask that owns the key group says the row
 * @param jobId Flink's id of the job, another one each time that it is submitted; empty in rows of older versions
 * @param begunAtMillis tells the lives of a subtask apart: what its {@link RolledBack} said; 0 in rows of older versions
 */
public record Stamp(long epoch, int keyGroup, String jobId, long begunAtMillis) {}
