package org.showroomlab.reports.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.showroomlab.reports.report.Comparison;
import org.showroomlab.reports.report.MetricReport;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.Scorecard;
import org.showroomlab.reports.report.Summary;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.arms.RelativeEffect;

/** The summary as JSON. */
final class SummaryJson {
    private SummaryJson() {}

    static ObjectNode of(Summary summary) {
        ObjectNode json = JsonNumbers.object();
        ReportJson.putInstant(json, "as_of", summary.asOf());
        json.put("method_version", Report.METHOD_VERSION);
        json.set("scorecard", ScorecardJson.of(summary.scorecard()));
        ArrayNode list = json.putArray("experiments");
        summary.experiments().forEach(line -> list.add(line(line, summary.scorecard())));
        return json;
    }

    private static ObjectNode line(Summary.Line line, Scorecard scorecard) {
        Report report = line.report();
        ObjectNode json = JsonNumbers.object();
        json.put("experiment", report.experiment().id())
                .put("name", report.experiment().name())
                .put("owner", report.experiment().owner())
                .put("quarter", line.quarter())
                .put("start", report.experiment().start().toString())
                .put("end", report.experiment().end().toString());
        ReportJson.putInstant(json, "as_of", report.asOf());
        json.put("status", report.status().wireName());
        json.set("verdict", ReportJson.verdict(report));
        json.put("units", line.units());
        json.set("primary", primary(line.primary()));
        json.set("scorecard", ScorecardJson.of(scorecard, report.experiment().id()));
        return json;
    }

    private static ObjectNode primary(MetricReport metric) {
        ObjectNode json = JsonNumbers.object();
        json.put("metric", metric.metric().id()).put("unit", metric.unit().label());
        ArrayNode effects = json.putArray("effects");
        metric.comparisons().forEach(c -> effects.add(effect(c)));
        return json;
    }

    private static ObjectNode effect(Comparison c) {
        ObjectNode json = JsonNumbers.object();
        json.put("variant", c.variant()).put("control", c.control()).put("method", c.method());
        ObjectNode difference = JsonNumbers.difference(c);
        difference.put("p_value_adjusted", c.pValueAdjusted());
        json.set("difference", difference);
        json.set("relative", relative(c.relative()));
        return json;
    }

    private static ObjectNode relative(Computable<RelativeEffect> relative) {
        ObjectNode json = JsonNumbers.object();
        if (relative.value().isEmpty()) {
            return JsonNumbers.refused(json, relative, List.of("estimate", "ci"));
        }
        RelativeEffect effect = relative.orElseThrow();
        json.put("estimate", effect.effect().estimate());
        json.set("ci", JsonNumbers.interval(effect.effect().ci()));
        effect.unbounded().ifPresent(unbounded -> json.put("note", unbounded));
        return json.put("method", effect.method().name().toLowerCase(Locale.ROOT));
    }
}
