package org.showroomlab.reports.store;

import java.util.List;
import org.showroomlab.jobs.results.CountedExperiment;

/**
 * A job was submitted, or went back to a checkpoint: from here on it says everything of its experiments anew. Or its own
 * accounting was heard for the first time, which comes by another way and may be earlier.
 *
 * @param jobId another one each time that it is submitted
 * @param experiments those that it counts; none where it is its accounting that was heard
 * @param offset where in the topic of results it says so; of several jobs that count an experiment, the one that was
 *     submitted last is believed
 */
public record JobBeginning(String jobId, List<CountedExperiment> experiments, long offset) {
    /** Copies the list. */
    public JobBeginning {
        experiments = List.copyOf(experiments);
    }
}
