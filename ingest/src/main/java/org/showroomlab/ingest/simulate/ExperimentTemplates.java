package org.showroomlab.ingest.simulate;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The experiment files of a world. They are the files of the folder {@code templates}, which hold for the world of the
 * default options; what another world says differently takes the place of what stands there.
 */
final class ExperimentTemplates {
    private final ParameterTable parameters;
    private final Quarter quarter;

    ExperimentTemplates(ParameterTable parameters, Quarter quarter) {
        this.parameters = parameters;
        this.quarter = quarter;
    }

    /** File name to text, for the experiments that run. */
    Map<String, String> files() {
        ParameterTable defaults = ParameterTable.of(SimulationOptions.withDefaults());
        Quarter fullQuarter = new Quarter(defaults.integer("days"));
        Map<String, String> files = new LinkedHashMap<>();
        for (String id : ExperimentIds.ALL) {
            if (parameters.runs(id)) {
                boolean drop = id.equals(ExperimentIds.PREORDER_WALK_IN);
                files.put(
                        id + ".yaml",
                        rewritten(
                                Resources.text("experiments/" + id + ".yaml"),
                                phrases(defaults, fullQuarter, drop),
                                phrases(parameters, quarter, drop)));
            }
        }
        return files;
    }

    /** Puts the world's phrases where those of the default world stand, each as a whole. */
    private static String rewritten(String template, List<String> from, List<String> to) {
        Map<String, String> phrases = new LinkedHashMap<>();
        for (int i = 0; i < from.size(); i++) {
            phrases.put(from.get(i), to.get(i));
        }
        Matcher places = Pattern.compile(
                        phrases.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")\\b")))
                .matcher(template);
        return places.replaceAll(place -> Matcher.quoteReplacement(phrases.getOrDefault(place.group(), "")));
    }

    /** What templates say about their world; the same places in every world. */
    private static List<String> phrases(ParameterTable parameters, Quarter quarter, boolean isDrop) {
        Drop drop = Drop.of(parameters, quarter);
        long closes = drop.opensAtMillis() + quarter.dropHours() * Quarter.HOUR_MILLIS;
        if (isDrop) {
            return List.of(
                    "start: " + Instant.ofEpochMilli(drop.opensAtMillis()),
                    "end: " + Instant.ofEpochMilli(closes),
                    "observe_until: " + Instant.ofEpochMilli(closes + quarter.dropWindowHours() * Quarter.HOUR_MILLIS),
                    "window_hours: " + quarter.dropWindowHours(),
                    "drop of " + quarter.dropHours() + " hours",
                    "control: true, allotment: " + drop.allotments().get(0),
                    "id: large, weight: 1, allotment: " + drop.allotments().get(1),
                    drop.sharedStock() ? SHARED_STOCK : OWN_STOCK);
        }
        return List.of(
                "start: " + quarter.enrolFrom(),
                "end: " + quarter.end(),
                "window_hours: " + quarter.shopWindowHours(),
                "covariate_days: " + quarter.leadDays(),
                "window_hours: " + quarter.windowDays() * 24L,
                "id: p" + parameters.integer("sub_price.price_1"),
                "price_minor: " + parameters.integer("sub_price.price_1"),
                "id: p" + parameters.integer("sub_price.price_2"),
                "price_minor: " + parameters.integer("sub_price.price_2"),
                "id: p" + parameters.integer("sub_price.price_3"),
                "price_minor: " + parameters.integer("sub_price.price_3"),
                "id: ttl-" + parameters.integer("ttl_speed.ttl_1"),
                "ttl_seconds: " + parameters.integer("ttl_speed.ttl_1"),
                "id: ttl-" + parameters.integer("ttl_speed.ttl_2"),
                "ttl_seconds: " + parameters.integer("ttl_speed.ttl_2"),
                "id: ttl-" + parameters.integer("ttl_speed.ttl_3"),
                "ttl_seconds: " + parameters.integer("ttl_speed.ttl_3"));
    }

    private static final String OWN_STOCK = """
            The arms
            # reserve different numbers of pieces, each under its own SKU: arms that share a stock starve each
            # other, and a comparison of what they sold would say nothing""";

    private static final String SHARED_STOCK = """
            Both arms sell from one stock,
            # so they starve each other: what they sold cannot be compared once it is gone""";
}
