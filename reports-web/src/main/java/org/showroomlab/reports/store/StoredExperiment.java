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
 * @param givenUntil before which a run was given all events; null when the newest one says it
 */
public record StoredExperiment(
        LoadedExperiment loaded, String feed, @Nullable Instant givenUntil) {
    public Experiment experiment() {
        return loaded.experiment();
    }
}
