package org.showroomlab.reports.store;

import java.util.Set;

/**
 * A job was submitted, or went back to a checkpoint: from here on it says everything of its experiments anew.
 *
 * @param jobId another one each time that it is submitted
 * @param experiments the ids of those that it counts
 * @param offset where in the topic of results it says so; of several jobs that count an experiment, the one that was
 *     submitted last is believed
 */
public record JobBeginning(String jobId, Set<String> experiments, long offset) {
    /** Copies the set. */
    public JobBeginning {
        experiments = Set.copyOf(experiments);
    }
}
