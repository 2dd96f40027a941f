package org.showroomlab.ingest.simulate;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The simulator's parameters by {@code section.name}: the defaults file with a scenario laid over it. */
final class ParameterTable {
    private static final Set<String> WHOLE = Set.of(
            "days",
            "visitors",
            "sub_price.price_1",
            "sub_price.price_2",
            "sub_price.price_3",
            "preorder_walk_in.price_minor",
            "preorder_walk_in.shared_stock",
            "ttl_speed.ttl_1",
            "ttl_speed.ttl_2",
            "ttl_speed.ttl_3");
    private static final String EXPERIMENTS = "experiments";

    private record Range(double value, double lowest, double highest) {}

    private final Map<String, Range> ranges = new LinkedHashMap<>();
    private final Map<String, Double> chosen = new LinkedHashMap<>();
    private List<String> experiments = ExperimentIds.ALL;

    private ParameterTable(SimulationOptions options) {
        ranges.put("days", new Range(options.days(), Quarter.MIN_DAYS, Quarter.MAX_DAYS));
        ranges.put("visitors", new Range(options.visitors(), 1, SimulationOptions.MAX_VISITORS));
        for (ScenarioFile.Entry entry : ScenarioFile.parse("defaults.yaml", Resources.text("defaults.yaml"))) {
            List<Double> range =
                    entry.values().stream().map(Double::parseDouble).toList();
            ranges.put(entry.key(), new Range(range.get(0), range.get(1), range.get(2)));
        }
    }

    /**
     * The parameters of a run.
     *
     * @throws InvalidScenario when the scenario file cannot be read or names something that is not allowed
     */
    static ParameterTable of(SimulationOptions options) {
        ParameterTable table = new ParameterTable(options);
        options.scenarioFile().ifPresent(table::layOver);
        return table;
    }

    double number(String key) {
        Range range = ranges.get(key);
        if (range == null) {
            throw new IllegalArgumentException("no parameter " + key + " among the defaults");
        }
        return chosen.getOrDefault(key, range.value());
    }

    int integer(String key) {
        return (int) number(key);
    }

    boolean runs(String experiment) {
        return experiments.contains(experiment);
    }

    private void layOver(Path file) {
        List<ScenarioFile.Entry> entries = ScenarioFile.parse(file.toString(), read(file));
        for (ScenarioFile.Entry entry : entries) {
            if (entry.key().equals(EXPERIMENTS)) {
                experiments = chosenExperiments(entry);
            } else if (chosen.put(entry.key(), checked(entry)) != null) {
                throw entry.refused("stands twice");
            }
        }
        for (ScenarioFile.Entry entry : entries) {
            checkTogether(entry);
        }
    }

    private double checked(ScenarioFile.Entry entry) {
        Range range = ranges.get(entry.key());
        if (range == null) {
            throw entry.refused("unknown key; allowed: " + allowedBeside(entry.key()));
        }
        boolean whole = WHOLE.contains(entry.key());
        String allowed = (whole ? "an integer" : "a number") + " from " + plain(range.lowest()) + " to "
                + plain(range.highest());
        double value = entry.number().orElseThrow(() -> entry.refused("must be " + allowed));
        boolean within = value >= range.lowest() && value <= range.highest();
        if (!within || (whole && value != Math.rint(value))) {
            throw entry.refused("is " + plain(value) + "; allowed: " + allowed);
        }
        return value;
    }

    /** Rules between parameters, told at the line that broke them. */
    private void checkTogether(ScenarioFile.Entry entry) {
        String key = entry.key();
        if (key.startsWith("sub_price.price_")) {
            requireAscending(entry, "sub_price.price_");
        } else if (key.startsWith("ttl_speed.ttl_")) {
            requireAscending(entry, "ttl_speed.ttl_");
        } else if ((key.equals("preorder_walk_in.pickup_share") || key.equals("preorder_walk_in.cancellation_share"))
                && number("preorder_walk_in.pickup_share") + number("preorder_walk_in.cancellation_share") > 1) {
            throw entry.refused("pickup_share and cancellation_share together must be at most 1");
        }
    }

    private void requireAscending(ScenarioFile.Entry entry, String prefix) {
        if (!(number(prefix + 1) < number(prefix + 2) && number(prefix + 2) < number(prefix + 3))) {
            throw entry.refused(prefix + "1, 2 and 3 must ascend; they are " + plain(number(prefix + 1)) + ", "
                    + plain(number(prefix + 2)) + ", " + plain(number(prefix + 3)));
        }
    }

    private static List<String> chosenExperiments(ScenarioFile.Entry entry) {
        for (String id : entry.values()) {
            if (!ExperimentIds.ALL.contains(id)) {
                throw entry.refused("is '" + id + "'; allowed: " + String.join(", ", ExperimentIds.ALL));
            }
        }
        if (entry.values().isEmpty()) {
            throw entry.refused("must name at least one of " + String.join(", ", ExperimentIds.ALL));
        }
        return entry.values();
    }

    /** The keys of the same section, or the sections when there is no such section. */
    private String allowedBeside(String key) {
        String section = key.contains(".") ? key.substring(0, key.indexOf('.') + 1) : "";
        Set<String> beside = ranges.keySet().stream()
                .filter(k -> !section.isEmpty() && k.startsWith(section))
                .collect(Collectors.toCollection(TreeSet::new));
        if (beside.isEmpty()) {
            beside.add(EXPERIMENTS);
            ranges.keySet().forEach(k -> beside.add(k.replaceAll("\\..*", "")));
        }
        return String.join(", ", beside);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new InvalidScenario(file + ":1: is not UTF-8");
        } catch (IOException e) {
            throw new InvalidScenario(file + ": cannot be read");
        }
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
