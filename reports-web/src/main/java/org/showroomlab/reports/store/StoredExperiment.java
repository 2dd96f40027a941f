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
 * @param runAsOf before which the run counted events; null when it counted all, or when they come live
 */
public record StoredExperiment(
        LoadedExperiment loaded, String feed, @Nullable Instant runAsOf) {
    /** Whether a run has counted it, which read its files to their ends. */
    public boolean isOfRun() {
        return !Feeds.isLive(feed);
    }

    public Experiment experiment() {
        return loaded.experiment();
    }
}
