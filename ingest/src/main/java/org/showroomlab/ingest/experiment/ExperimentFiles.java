package org.showroomlab.ingest.experiment;

import java.nio.file.Path;
import java.util.List;

/** Reads experiment files. */
public final class ExperimentFiles {
    private ExperimentFiles() {}

    /**
     * All experiments of a folder ({@code *.yaml}, {@code *.yml}), by id.
     *
     * @throws InvalidExperiment when any file is not acceptable
     */
    public static List<LoadedExperiment> load(Path folder) {
        throw new InvalidExperiment(List.of(new InvalidExperiment.Problem(folder.toString(), 1, "", "")));
    }

    /**
     * The experiment that a file's text describes.
     *
     * @throws InvalidExperiment when it is not acceptable
     */
    public static LoadedExperiment parse(String file, String yaml) {
        throw new InvalidExperiment(List.of(new InvalidExperiment.Problem(file, 1, "", "")));
    }
}
