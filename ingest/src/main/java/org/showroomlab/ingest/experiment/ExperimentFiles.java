package org.showroomlab.ingest.experiment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.showroomlab.ingest.experiment.InvalidExperiment.Problem;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads experiment files. */
public final class ExperimentFiles {
    private ExperimentFiles() {}

    /**
     * All experiments of a folder ({@code *.yaml}, {@code *.yml}), by id.
     *
     * @throws InvalidExperiment when the folder has none or any file is not acceptable
     */
    public static List<LoadedExperiment> load(Path folder) {
        List<Problem> problems = new ArrayList<>();
        List<LoadedExperiment> loaded = new ArrayList<>();
        for (Path file : yamlFiles(folder)) {
            try {
                loaded.add(parse(file.toString(), read(file)));
            } catch (InvalidExperiment e) {
                problems.addAll(e.problems());
            }
        }
        problems.addAll(sharedIds(loaded));
        if (!problems.isEmpty()) {
            throw new InvalidExperiment(problems);
        }
        return loaded.stream()
                .sorted(Comparator.comparing(l -> l.experiment().id()))
                .toList();
    }

    /**
     * The experiment that a file's text describes.
     *
     * @throws InvalidExperiment when it is not acceptable
     */
    public static LoadedExperiment parse(String file, String yaml) {
        List<Problem> problems = new ArrayList<>();
        Experiment experiment = new ExperimentReader(file, root(file, yaml), problems).read();
        if (!problems.isEmpty()) {
            throw new InvalidExperiment(problems);
        }
        return new LoadedExperiment(experiment, file, yaml);
    }

    private static List<Path> yamlFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(
                            f -> f.toString().endsWith(".yaml") || f.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw refused(folder.toString(), 0, "", "no experiment files (*.yaml) in this folder");
            }
            return found;
        } catch (IOException e) {
            throw refused(folder.toString(), 0, "", "not a readable folder of experiment files");
        }
    }

    private static String read(Path file) {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        } catch (IOException e) {
            throw refused(file.toString(), 1, "", "cannot be read");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            // It stops at what it cannot read.
            String before = StandardCharsets.ISO_8859_1.decode(bytes.flip()).toString();
            throw refused(
                    file.toString(),
                    1 + (int) before.chars().filter(c -> c == '\n').count(),
                    "",
                    "is not UTF-8");
        }
    }

    private static Node root(String file, String yaml) {
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        try {
            return new Compose(settings)
                    .composeString(yaml)
                    .orElseThrow(() -> refused(file, 1, "", "is empty; an experiment is expected"));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw refused(file, line, "", "is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw refused(
                    file,
                    1,
                    "",
                    "is not YAML: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static List<Problem> sharedIds(List<LoadedExperiment> loaded) {
        List<Problem> problems = new ArrayList<>();
        Map<String, String> fileOf = new HashMap<>();
        for (LoadedExperiment l : loaded) {
            String other = fileOf.putIfAbsent(l.experiment().id(), l.file());
            if (other != null) {
                problems.add(
                        new Problem(l.file(), 1, "id", "'" + l.experiment().id() + "' stands in " + other + " too"));
            }
        }
        return problems;
    }

    private static InvalidExperiment refused(String file, int line, String field, String message) {
        return new InvalidExperiment(List.of(new Problem(file, line, field, message)));
    }
}
