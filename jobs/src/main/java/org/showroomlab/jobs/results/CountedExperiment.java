package org.showroomlab.jobs.results;

/**
 * An experiment as a job counts it.
 *
 * @param file the name of its file
 * @param definition the text of that file; empty in rows of older versions
 */
public record CountedExperiment(String id, String file, String definition) {}
