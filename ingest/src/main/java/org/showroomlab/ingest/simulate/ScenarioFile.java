package org.showroomlab.ingest.simulate;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML file of sections and values, flattened to {@code section.name} with the line of each. */
final class ScenarioFile {
    /** One value or list of values, and where it stands. */
    record Entry(String file, int line, String key, List<String> values) {
        Optional<Double> number() {
            try {
                return values.size() == 1
                        ? Optional.of(new BigDecimal(values.get(0)).doubleValue())
                                .filter(Double::isFinite)
                        : Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }

        InvalidScenario refused(String message) {
            return new InvalidScenario(file + ":" + line + ": " + key + ": " + message);
        }
    }

    private final String file;
    private final List<Entry> entries = new ArrayList<>();

    private ScenarioFile(String file) {
        this.file = file;
    }

    /**
     * The values in the order of the file; an empty file has none.
     *
     * @throws InvalidScenario when it is not YAML of this form
     */
    static List<Entry> parse(String file, String yaml) {
        ScenarioFile scenario = new ScenarioFile(file);
        try {
            new Compose(LoadSettings.builder().setLabel(file).build())
                    .composeString(yaml)
                    .ifPresent(root -> scenario.addAll("", root));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw new InvalidScenario(file + ":" + line + ": is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new InvalidScenario(file + ":1: is not YAML");
        }
        return scenario.entries;
    }

    private void addAll(String prefix, Node node) {
        if (!(node instanceof MappingNode mapping)) {
            throw new InvalidScenario(file + ":" + line(node) + ": must be a mapping of keys to values");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
            add(prefix + name, tuple.getKeyNode(), tuple.getValueNode());
        }
    }

    private void add(String key, Node keyNode, Node value) {
        if (value instanceof MappingNode && key.indexOf('.') < 0) {
            addAll(key + ".", value);
        } else if (value instanceof SequenceNode sequence) {
            entries.add(new Entry(
                    file,
                    line(keyNode),
                    key,
                    sequence.getValue().stream().map(ScenarioFile::scalar).toList()));
        } else {
            entries.add(new Entry(file, line(keyNode), key, List.of(scalar(value))));
        }
    }

    private static String scalar(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "?";
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
