package org.showroomlab.reports.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.LoadedExperiment;

/**
 * An experiment as the file keeps it.
 *
 * @param loaded definition and text
 * @param feed where its rows come from
 * @param run when a run counted it; null when its events come live, or nobody knows
 * @param countedUntil the newest event when its job was submitted again without it; null when that did not happen
 */
public record StoredExperiment(
        LoadedExperiment loaded,
        String feed,
        @Nullable RunTime run,
        @Nullable Instant countedUntil) {
    public Experiment experiment() {
        return loaded.experiment();
    }
}
