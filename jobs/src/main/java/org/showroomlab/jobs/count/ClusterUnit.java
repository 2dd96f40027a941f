package org.showroomlab.jobs.count;

/**
 * A unit of an experiment on caches or showrooms.
 *
 * @param experiment number of the experiment
 * @param cluster the cache or showroom
 */
public record ClusterUnit(int experiment, String cluster, long period) {}
