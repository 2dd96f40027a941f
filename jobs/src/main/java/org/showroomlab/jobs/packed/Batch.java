package org.showroomlab.jobs.packed;

/**
 * Packed records on their way to one subtask. Batches are built for the parallelism at hand and never stand in a
 * checkpoint: they are sent on before each barrier, and barriers are aligned.
 *
 * @param bucket a state bucket of the target subtask, which routes the batch
 * @param length bytes used
 */
public record Batch(int bucket, byte[] bytes, int length) {}
