package org.showroomlab.reports.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.reports.pages.VerdictView;
import org.showroomlab.reports.report.Accounting;
import org.showroomlab.reports.report.Health;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.SequentialLooks;
import org.showroomlab.reports.special.SpecialReading;
import org.showroomlab.reports.store.DecisionSnapshot;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.health.SampleRatioMismatch;

/** A report as JSON, with the keys that programs outside rely on. */
final class ReportJson {
    private ReportJson() {}

    static ObjectNode of(Report report) {
        Experiment experiment = report.experiment();
        ObjectNode json = JsonNumbers.object();
        json.put("experiment", experiment.id())
                .put("name", experiment.name())
                .put("hypothesis", experiment.hypothesis())
                .put("owner", experiment.owner());
        putInstant(json, "as_of", report.asOf());
        json.put("status", report.status().wireName()).put("method_version", Report.METHOD_VERSION);
        json.set("verdict", verdict(report));
        DecisionSnapshot decided = report.decided();
        if (decided != null) {
            json.set(
                    "decided_as_known",
                    AsKnownJson.of(decided, lower(report.verdict().decision())));
        }
        if (!report.behind().isEmpty()) {
            json.putObject("provisional")
                    .put("waits_until", report.waitsUntil().toString())
                    .set("showrooms", showrooms(report.behind()));
        }
        json.set("design", design(experiment));
        ObjectNode accounting = accounting(report.accounting(), report.sources());
        accounting.set("showrooms", showrooms(report.showrooms()));
        json.set("accounting", accounting);
        json.set("health", health(report));
        ArrayNode variants = json.putArray("variants");
        report.variants()
                .forEach(v -> variants.addObject()
                        .put("id", v.id())
                        .put("control", v.control())
                        .put("weight", v.weight())
                        .put("units", v.units()));
        ArrayNode metrics = json.putArray("metrics");
        report.metrics().forEach(metric -> metrics.add(MetricJson.of(metric)));
        json.set("notes", JsonNumbers.reasons(report.notes()));
        SequentialLooks looks = report.looks();
        if (looks != null) {
            json.set("monitoring", MonitoringJson.of(looks, report.information(), report.lookEffects()));
        }
        ObjectNode analysis = json.putObject("analysis");
        Computable<SpecialReading> reading = report.analysis();
        if (reading != null) {
            reading.value().ifPresent(special -> analysis.set(special.key(), special.json()));
            reading.reason()
                    .ifPresent(reason -> analysis.putObject(lower(experiment.analysis()))
                            .put("reason", reason)
                            .put("reason_code", reading.code().orElse(null)));
        }
        return json;
    }

    static void putInstant(ObjectNode json, String key, @Nullable Instant instant) {
        if (instant == null) {
            json.putNull(key).put("reason", "no event has been seen yet");
        } else {
            json.put(key, instant.toString());
        }
    }

    static ObjectNode verdict(Report report) {
        ObjectNode json = JsonNumbers.object()
                .put("decision", lower(report.verdict().decision()))
                .put("headline", VerdictView.of(report).why());
        json.set("reasons", JsonNumbers.reasons(report.verdict().reasons()));
        return json;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode design(Experiment e) {
        ObjectNode json = JsonNumbers.object()
                .put("analysis", lower(e.analysis()))
                .put("unit", lower(e.unit()))
                .put("start", e.start().toString())
                .put("end", e.end().toString())
                .put("observe_until", e.observeUntil().toString())
                .put("time_zone", e.timeZone().getId())
                .put("currency", e.currency())
                .put("alpha", e.alpha())
                .put("correction", lower(e.correction()))
                .put("monitoring", lower(e.monitoring()))
                .put("covariate_days", e.covariateDays());
        e.periodMinutes()
                .ifPresent(minutes -> json.put("period_minutes", minutes).put("washout_minutes", e.washoutMinutes()));
        return json;
    }

    private static ObjectNode accounting(Accounting total, List<AccountingRow> sources) {
        ObjectNode json = JsonNumbers.object();
        json.put("received", total.received())
                .put("counted", total.counted())
                .put("in_no_experiment", total.inNoExperiment())
                .put("duplicates", total.duplicates())
                .put("conflicting_duplicates", total.conflictingDuplicates())
                .put("dead_lettered", total.deadLettered())
                .put("late", total.late())
                .put("unknown_exposures", total.unknownExposures())
                .put("closes", total.closes());
        ArrayNode list = json.putArray("sources");
        sources.forEach(row -> list.addObject()
                .put("source", row.source())
                .put("received", row.received())
                .put("counted", row.counted())
                .put("in_no_experiment", row.inNoExperiment())
                .put("duplicates", row.duplicates())
                .put("dead_lettered", row.deadLettered()));
        return json;
    }

    private static ArrayNode showrooms(List<ShowroomProgress> showrooms) {
        ArrayNode list = JsonNumbers.array();
        showrooms.forEach(s -> list.addObject()
                .put("showroom", s.showroom())
                .put("complete_through", Instant.ofEpochMilli(s.newestMillis()).toString()));
        return list;
    }

    private static ObjectNode health(Report report) {
        Health health = report.health();
        ObjectNode json = JsonNumbers.object();
        ObjectNode srm = json.putObject("srm");
        if (health.srm().value().isPresent()) {
            SampleRatioMismatch test = health.srm().orElseThrow();
            srm.put("p_value", test.pValue()).put("statistic", test.statistic()).put("df", test.df());
        } else {
            JsonNumbers.refused(srm, health.srm(), List.of("p_value"));
        }
        health.dailySrm().ifPresent(p -> srm.put("daily_p_value", p));
        ObjectNode counts = srm.putObject("counts");
        health.sizes().forEach(counts::put);
        return json.put("mixed_units", health.mixedUnits()).put("mixed_share", health.mixedShare());
    }
}
