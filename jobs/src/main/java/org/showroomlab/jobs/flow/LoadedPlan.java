package org.showroomlab.jobs.flow;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.plan.CountingPlan;

/** The experiments of a job as it is submitted: their text travels, each subtask compiles it. */
record LoadedPlan(ArrayList<String> files, ArrayList<String> texts) implements Serializable {
    static LoadedPlan of(List<LoadedExperiment> loaded) {
        ArrayList<String> files = new ArrayList<>();
        ArrayList<String> texts = new ArrayList<>();
        loaded.forEach(l -> {
            files.add(l.file());
            texts.add(l.yaml());
        });
        return new LoadedPlan(files, texts);
    }

    CountingPlan plan() {
        List<Experiment> experiments = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            experiments.add(ExperimentFiles.parse(files.get(i), texts.get(i)).experiment());
        }
        return new CountingPlan(experiments);
    }
}
