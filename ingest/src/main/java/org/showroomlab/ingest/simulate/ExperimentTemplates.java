package org.showroomlab.ingest.simulate;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The experiment files of a world: commented templates with the world's dates and arms filled in. */
final class ExperimentTemplates {
    private final ParameterTable parameters;
    private final Map<String, String> values = new HashMap<>();

    ExperimentTemplates(ParameterTable parameters, Quarter quarter) {
        this.parameters = parameters;
        Drop drop = Drop.of(parameters, quarter);
        long dropCloses = drop.opensAtMillis() + quarter.dropHours() * Quarter.HOUR_MILLIS;
        values.put("start", Quarter.START.toString());
        values.put("end", quarter.end().toString());
        values.put("enrol_from", quarter.enrolFrom().toString());
        values.put("lead_days", text(quarter.leadDays()));
        values.put("window_hours", text(quarter.windowDays() * 24L));
        values.put("shop_window_hours", text(quarter.shopWindowHours()));
        values.put("period_minutes", text(EdgeSource.PERIOD_MINUTES));
        values.put("washout_minutes", text(EdgeSource.WASHOUT_MINUTES));
        values.put("drop_hours", text(quarter.dropHours()));
        values.put("drop_opens", Instant.ofEpochMilli(drop.opensAtMillis()).toString());
        values.put("drop_closes", Instant.ofEpochMilli(dropCloses).toString());
        values.put(
                "drop_observe_until",
                Instant.ofEpochMilli(dropCloses + quarter.dropWindowHours() * Quarter.HOUR_MILLIS)
                        .toString());
        values.put("drop_window_hours", text(quarter.dropWindowHours()));
        values.put("stock_note", stockNote(drop));
        values.put("allotment_small", text(drop.allotments().get(0)));
        values.put("allotment_large", text(drop.allotments().get(1)));
        for (int arm = 1; arm <= 3; arm++) {
            values.put("price_" + arm, text(parameters.integer("sub_price.price_" + arm)));
            values.put("ttl_" + arm, text(parameters.integer("ttl_speed.ttl_" + arm)));
        }
    }

    /** File name to text, for the experiments that run. */
    Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        for (String id : ExperimentIds.ALL) {
            if (parameters.runs(id)) {
                files.put(id + ".yaml", filled(Resources.text("experiments/" + id + ".yaml")));
            }
        }
        return files;
    }

    private String filled(String template) {
        String text = template;
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        }
        if (text.contains("${")) {
            throw new IllegalStateException("unfilled place in template: " + text.substring(text.indexOf("${")));
        }
        return text;
    }

    private static String stockNote(Drop drop) {
        return drop.sharedStock()
                ? "Both arms sell from one stock,\n# so they starve each other: what they sold cannot be compared once it is gone."
                : "The arms\n# reserve different numbers of pieces, each under its own SKU: arms that share a stock starve each\n# other, and a comparison of what they sold would say nothing.";
    }

    private static String text(long value) {
        return Long.toString(value);
    }
}
