package org.showroomlab.jobs.count;

/**
 * Which cell of the answer: names, not numbers, so that it outlives a change of the loaded experiments.
 *
 * @param day as {@link java.time.LocalDate#toEpochDay()}
 */
public record CellKey(
        String experiment, String metric, String variant, String dimension, String dimensionValue, long day) {}
