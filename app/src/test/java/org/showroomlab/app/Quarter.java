package org.showroomlab.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.ingest.simulate.Simulation;
import org.showroomlab.ingest.simulate.SimulationOptions;
import org.showroomlab.jobs.flow.CountingJob;
import org.showroomlab.jobs.run.BoundedRun;
import org.showroomlab.jobs.source.EventFiles;
import org.showroomlab.reports.store.Store;

/** A simulated quarter and its experiments. */
record Quarter(Simulation simulation, List<LoadedExperiment> experiments) {
    private static final int PARALLELISM = 2;

    static Quarter of(int visitors, long seed) {
        Simulation simulation = Simulation.of(
                SimulationOptions.withDefaults().withVisitors(visitors).withSeed(seed));
        List<LoadedExperiment> experiments = new ArrayList<>();
        simulation.experimentFiles().forEach((name, yaml) -> experiments.add(ExperimentFiles.parse(name, yaml)));
        return new Quarter(simulation, List.copyOf(experiments));
    }

    /** Writes everything into the folder: events, experiments, truth. */
    void writeTo(Path folder) throws Exception {
        simulation.writeTo(folder, written -> {});
    }

    /** Fills a store with what a run over the events of a folder says. */
    static void count(List<LoadedExperiment> experiments, Path folder, Store into) throws Exception {
        into.replace(
                experiments,
                new BoundedRun(experiments, CountingJob.Options.BOUNDED, PARALLELISM)
                        .count(EventFiles.among(List.of(folder.resolve("events")))));
    }
}
