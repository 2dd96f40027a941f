package org.showroomlab.reports.report;

/**
 * One cluster in one period.
 *
 * @param cluster a cache or showroom; of visitor units the number of a group of visitors
 * @param period 0 without periods
 */
record ClusterCell(String cluster, long period) {}
