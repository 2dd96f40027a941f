package org.showroomlab.ingest.experiment;

/**
 * An experiment together with the text it was read from.
 *
 * @param file the file's name
 * @param yaml the file's text
 */
public record LoadedExperiment(Experiment experiment, String file, String yaml) {}
