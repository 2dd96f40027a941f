package org.showroomlab.reports.export.tables;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.reports.pages.VerdictView;
import org.showroomlab.reports.report.Accounting;
import org.showroomlab.reports.report.Health;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.store.DecisionSnapshot;
import org.showroomlab.stats.health.SampleRatioMismatch;

/** What is decided and why, whether the arms can be compared, and what became of the records. */
final class VerdictTable {
    private static final List<String> HEADER = List.of("part", "item", "value", "text");

    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    private VerdictTable() {}

    static Table of(Report report) {
        VerdictTable table = new VerdictTable();
        table.addVerdict(report);
        table.addExperiment(report);
        table.addHealth(report);
        table.addAccounting(report);
        return new Table("Verdict", HEADER, table.rows);
    }

    private void addVerdict(Report report) {
        add(
                "verdict",
                "decision",
                ReportTable.lower(report.verdict().decision()),
                VerdictView.of(report).why());
        report.verdict().reasons().forEach(r -> add("verdict", "reason", r.code(), r.text()));
        report.notes().forEach(note -> add("verdict", "note", note.code(), note.text()));
        report.behind()
                .forEach(s -> add(
                        "verdict",
                        "provisional",
                        s.showroom(),
                        "not synced since " + Instant.ofEpochMilli(s.newestMillis()) + ", waited for until "
                                + report.waitsUntil()));
        DecisionSnapshot decided = report.decided();
        if (decided != null) {
            add("verdict", "decision as known", decided.decision(), "recorded " + decided.knownAt());
            add("verdict", "reasons as known", decided.reasons(), "as of " + decided.asOf());
        }
    }

    private void addExperiment(Report report) {
        Experiment e = report.experiment();
        add("experiment", "id", e.id(), null);
        add("experiment", "name", e.name(), null);
        add("experiment", "hypothesis", e.hypothesis(), null);
        add("experiment", "owner", e.owner(), null);
        add("experiment", "as of, UTC", report.asOf(), report.asOf() == null ? "no event has been seen yet" : null);
        add("experiment", "status", report.status().wireName(), null);
        add("experiment", "start, UTC", e.start(), null);
        add("experiment", "end, UTC", e.end(), null);
        add("experiment", "observe until, UTC", e.observeUntil(), null);
        add("experiment", "time zone of the days", e.timeZone().getId(), null);
        add("experiment", "analysis", ReportTable.lower(e.analysis()), null);
        add("experiment", "unit", ReportTable.lower(e.unit()), null);
        add("experiment", "currency", e.currency(), null);
        add("experiment", "alpha", e.alpha(), null);
        add("experiment", "correction", ReportTable.lower(e.correction()), null);
        add("experiment", "monitoring", ReportTable.lower(e.monitoring()), null);
        add("experiment", "method version", Report.METHOD_VERSION, null);
    }

    private void addHealth(Report report) {
        Health health = report.health();
        add(
                "health",
                "sizes of the arms, p_value",
                health.srm().value().map(SampleRatioMismatch::pValue).orElse(null),
                health.srm().reason().orElse(null));
        health.dailySrm().ifPresent(p -> add("health", "sizes of the arms, p_value for a look every day", p, null));
        report.variants().forEach(v -> add("health", "units of " + v.id(), v.units(), null));
        health.sizes().forEach((variant, size) -> add("health", "tested size of " + variant, size, null));
        add("health", "mixed units", health.mixedUnits(), "saw more than one variant, so they are in no metric");
        add("health", "mixed share", health.mixedShare(), null);
    }

    private void addAccounting(Report report) {
        Accounting total = report.accounting();
        add("accounting", "received", total.received(), null);
        add("accounting", "counted", total.counted(), null);
        add("accounting", "in no experiment", total.inNoExperiment(), null);
        add("accounting", "duplicates", total.duplicates(), null);
        add("accounting", "dead lettered", total.deadLettered(), null);
        add("accounting", "closes", total.closes() ? "yes" : "no", null);
        add("accounting", "conflicting duplicates", total.conflictingDuplicates(), "part of the duplicates");
        add("accounting", "late", total.late(), "part of those in no experiment");
        add("accounting", "unknown exposures", total.unknownExposures(), null);
    }

    private void add(String part, String item, @Nullable Object value, @Nullable String text) {
        rows.add(Arrays.asList(part, item, value, text));
    }
}
