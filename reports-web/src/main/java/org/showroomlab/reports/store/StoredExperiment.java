package org.showroomlab.reports.store;

import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.LoadedExperiment;

/**
 * An experiment as the file keeps it.
 *
 * @param loaded definition and text
 * @param feed where its rows come from
 * @param run when a run counted it; null when its events come live, or nobody knows
 */
public record StoredExperiment(
        LoadedExperiment loaded, String feed, @Nullable RunTime run) {
    public Experiment experiment() {
        return loaded.experiment();
    }
}
