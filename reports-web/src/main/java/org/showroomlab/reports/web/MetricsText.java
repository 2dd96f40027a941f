package org.showroomlab.reports.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.reports.store.Store;
import org.showroomlab.reports.store.StoreReader;

/** What a monitoring system wants to know, in the text format of Prometheus. */
final class MetricsText {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder();

    private MetricsText() {}

    static String of(Store store, int livePages) {
        MetricsText metrics = new MetricsText();
        metrics.gauge("showroom_live_pages", "Pages that are open and update themselves", livePages);
        metrics.gauge(
                "showroom_results_interrupted",
                "1 while live results do not come, else 0",
                store.interruption().isPresent() ? 1 : 0);
        metrics.gauge(
                "showroom_experiments_being_counted",
                "Experiments whose tables are between two states, so that they have no verdict",
                store.restating().size());
        try (StoreReader reader = store.reader()) {
            metrics.gauge(
                    "showroom_experiments",
                    "Experiments in the store",
                    reader.experimentIds().size());
            metrics.header("showroom_records_total", "counter", "Records by source and what became of them");
            for (String feed : reader.feeds()) {
                reader.accounting(feed).forEach(row -> metrics.records(feed, row));
            }
            metrics.header(
                    "showroom_records_received_total",
                    "counter",
                    "Records by source; each becomes one of showroom_records_total, once it is counted");
            for (String feed : reader.feeds()) {
                reader.accounting(feed)
                        .forEach(row -> metrics.line(
                                "showroom_records_received_total" + labels(feed, row) + "}",
                                String.valueOf(row.received())));
            }
            metrics.header("showroom_records_noted_total", "counter", "Of these, what they had about them");
            for (String feed : reader.feeds()) {
                reader.accounting(feed).forEach(row -> metrics.noted(feed, row));
            }
            metrics.header("showroom_newest_event_timestamp_seconds", "gauge", "Largest event time seen");
            for (String feed : reader.feeds()) {
                reader.accounting(feed).forEach(row -> metrics.newest(feed, row));
            }
        }
        return metrics.text.toString();
    }

    private void records(String feed, AccountingRow row) {
        Map<String, Long> outcomes = new LinkedHashMap<>();
        outcomes.put("counted", row.counted());
        outcomes.put("in_no_experiment", row.inNoExperiment());
        outcomes.put("duplicate", row.duplicates());
        outcomes.put("dead_lettered", row.deadLettered());
        each("showroom_records_total", labels(feed, row) + ",outcome=", outcomes);
    }

    private void noted(String feed, AccountingRow row) {
        Map<String, Long> notes = new LinkedHashMap<>();
        notes.put("conflicting_duplicate", row.conflictingDuplicates());
        notes.put("late", row.late());
        notes.put("unknown_exposure", row.unknownExposures());
        each("showroom_records_noted_total", labels(feed, row) + ",note=", notes);
    }

    private void each(String name, String labels, Map<String, Long> counts) {
        counts.forEach((label, count) -> line(name + labels + "\"" + label + "\"}", String.valueOf(count)));
    }

    private void newest(String feed, AccountingRow row) {
        if (row.newestMillis() != Long.MIN_VALUE) {
            line(
                    "showroom_newest_event_timestamp_seconds" + labels(feed, row) + "}",
                    String.valueOf(row.newestMillis() / 1000.0));
        }
    }

    private static String labels(String feed, AccountingRow row) {
        return "{feed=\"" + escaped(feed) + "\",source=\"" + escaped(row.source()) + "\"";
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private void gauge(String name, String help, long value) {
        header(name, "gauge", help);
        line(name, String.valueOf(value));
    }

    private void header(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void line(String name, String value) {
        text.append(name).append(' ').append(value).append('\n');
    }
}
