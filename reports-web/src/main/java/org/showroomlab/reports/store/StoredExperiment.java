package org.showroomlab.reports.store;

import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.LoadedExperiment;

/**
 * An experiment as the file keeps it.
 *
 * @param loaded definition and text
 * @param feed where its rows come from
 */
public record StoredExperiment(LoadedExperiment loaded, String feed) {
    public Experiment experiment() {
        return loaded.experiment();
    }
}
