package org.showroomlab.jobs.flow;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.showroomlab.ingest.codec.Fingerprints;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.plan.CountingPlan;

/**
 * The experiments and sources of a job as it is submitted: the experiments' text travels, each subtask compiles it.
 *
 * @param sources names in ascending order; records and state know them by number
 */
record LoadedPlan(ArrayList<String> files, ArrayList<String> texts, ArrayList<String> sources) implements Serializable {
    private static final int MAX_SOURCES = 1 << 16;

    static LoadedPlan of(List<LoadedExperiment> loaded, List<String> sources) {
        if (sources.size() > MAX_SOURCES) {
            throw new IllegalArgumentException(
                    "at most " + MAX_SOURCES + " files can be read at once, there are " + sources.size());
        }
        ArrayList<String> files = new ArrayList<>();
        ArrayList<String> texts = new ArrayList<>();
        loaded.forEach(l -> {
            files.add(l.file());
            texts.add(l.yaml());
        });
        return new LoadedPlan(files, texts, new ArrayList<>(sources));
    }

    CountingPlan plan() {
        List<Experiment> experiments = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            experiments.add(ExperimentFiles.parse(files.get(i), texts.get(i)).experiment());
        }
        return new CountingPlan(experiments);
    }

    /** Differs when state that was written under the one plan cannot be read under the other. */
    long fingerprint() {
        return Fingerprints.of(
                        String.join("\0", texts) + "\0\0" + String.join("\0", sources) + "\0\0" + plan().meaning())
                .getAsLong();
    }
}
