package org.showroomlab.reports.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.showroomlab.reports.report.ArmReport;
import org.showroomlab.reports.report.Comparison;
import org.showroomlab.reports.report.DailyPoint;
import org.showroomlab.reports.report.Heterogeneity;
import org.showroomlab.reports.report.MetricReport;
import org.showroomlab.reports.report.SliceReport;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.clusters.RandomizationResult;
import org.showroomlab.stats.many.RandomEffects;

/** One metric of a report as JSON. */
final class MetricJson {

    private MetricJson() {}

    static ObjectNode of(MetricReport metric) {
        ObjectNode json = JsonNumbers.object();
        json.put("id", metric.metric().id())
                .put("type", lower(metric.metric().type()))
                .put("role", lower(metric.metric().role()))
                .put("goal", lower(metric.metric().goal()))
                .put("unit", metric.unit().label());
        json.set("arms", arms(metric.arms()));
        json.set("comparisons", comparisons(metric.comparisons()));
        SliceReport matured = metric.matured();
        if (matured != null) {
            ObjectNode node = json.putObject("matured");
            node.put("basis", "units whose outcome window is over, which the verdict goes by");
            node.set("arms", arms(matured.arms()));
            node.set("comparisons", comparisons(matured.comparisons()));
        }
        ArrayNode daily = json.putArray("daily");
        Set<String> treatments =
                metric.comparisons().stream().map(Comparison::variant).collect(Collectors.toSet());
        metric.daily()
                .forEach(point ->
                        daily.add(daily(point, treatments.contains(point.variant()) ? "difference" : "level")));
        ArrayNode dimensions = json.putArray("dimensions");
        metric.dimensions().forEach(slice -> dimensions.add(slice(slice)));
        ArrayNode heterogeneity = json.putArray("heterogeneity");
        metric.heterogeneity().forEach(h -> heterogeneity.add(heterogeneity(h)));
        return json;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static ArrayNode arms(List<ArmReport> arms) {
        ArrayNode list = JsonNumbers.array();
        arms.forEach(arm -> list.add(arm(arm)));
        return list;
    }

    private static ObjectNode arm(ArmReport arm) {
        ObjectNode json = JsonNumbers.object();
        json.put("variant", arm.variant()).put("units", arm.units()).put("events", arm.events());
        if (arm.clusters() != null) {
            json.put("clusters", arm.clusters());
        }
        arm.level().ifPresentOrElse(level -> json.put("estimate", level), () -> json.putNull("estimate"));
        Computable<Double> stdError = arm.stdError();
        stdError.value()
                .ifPresentOrElse(
                        error -> json.put("std_error", error),
                        () -> JsonNumbers.refused(json, stdError, List.of("std_error")));
        arm.ci().value().ifPresent(ci -> json.set("ci", JsonNumbers.interval(ci)));
        Computable<ArmEstimate> uncapped = arm.uncapped();
        if (uncapped != null) {
            putEstimate(json.putObject("uncapped"), uncapped);
        }
        return json;
    }

    private static void putEstimate(ObjectNode json, Computable<ArmEstimate> estimate) {
        if (estimate.value().isPresent()) {
            json.put("estimate", estimate.orElseThrow().estimate());
            json.put("std_error", estimate.orElseThrow().stdError());
        } else {
            JsonNumbers.refused(json, estimate, List.of("estimate", "std_error"));
        }
    }

    private static ArrayNode comparisons(List<Comparison> comparisons) {
        ArrayNode list = JsonNumbers.array();
        comparisons.forEach(c -> list.add(comparison(c)));
        return list;
    }

    private static ObjectNode comparison(Comparison c) {
        ObjectNode json = JsonNumbers.object();
        json.put("variant", c.variant())
                .put("control", c.control())
                .put("method", c.method())
                .put("estimand", c.estimand());
        ObjectNode difference = JsonNumbers.difference(c);
        if (c.pValueAdjusted() != null || c.difference().value().isEmpty()) {
            difference.put("p_value_adjusted", c.pValueAdjusted());
        }
        json.set("difference", difference);
        json.set("relative", relative(c.relative()));
        json.set("anytime", anytime(c.anytime()));
        var adjusted = c.adjusted();
        if (adjusted != null) {
            ObjectNode node = JsonNumbers.object().put("method", "lin");
            node.setAll(JsonNumbers.effect(adjusted));
            json.set("adjusted", node);
        }
        var uncapped = c.uncapped();
        if (uncapped != null) {
            json.set("uncapped", JsonNumbers.effect(uncapped));
        }
        var randomization = c.randomization();
        if (randomization != null) {
            json.set("randomization", randomization(randomization));
        }
        return json;
    }

    private static ObjectNode randomization(Computable<RandomizationResult> randomization) {
        ObjectNode json = JsonNumbers.object();
        if (randomization.value().isEmpty()) {
            return JsonNumbers.refused(json, randomization, List.of("p_value", "count", "of"));
        }
        RandomizationResult test = randomization.orElseThrow();
        return json.put("p_value", test.pValue())
                .put("count", test.count())
                .put("of", test.of())
                .put("exact", test.exact());
    }

    private static ObjectNode anytime(Computable<Effect> anytime) {
        ObjectNode json = JsonNumbers.object();
        if (anytime.value().isEmpty()) {
            return JsonNumbers.refused(json, anytime, List.of("ci", "p_value"));
        }
        json.set("ci", JsonNumbers.interval(anytime.orElseThrow().ci()));
        return json.put("p_value", anytime.orElseThrow().pValue());
    }

    private static ObjectNode relative(Computable<RelativeEffect> relative) {
        ObjectNode json = JsonNumbers.object();
        if (relative.value().isEmpty()) {
            JsonNumbers.refused(json, relative, List.of("estimate", "ci"));
            return json.put("method", "log_ratio");
        }
        RelativeEffect effect = relative.orElseThrow();
        json.put("estimate", effect.effect().estimate());
        json.put("std_error", effect.effect().stdError());
        json.set("ci", JsonNumbers.interval(effect.effect().ci()));
        effect.unbounded().ifPresent(unbounded -> json.put("note", unbounded));
        return json.put("method", lower(effect.method()));
    }

    /** @param number what it is: the control has no difference to itself */
    private static ObjectNode daily(DailyPoint point, String number) {
        ObjectNode json = JsonNumbers.object();
        json.put("day", point.day().toString()).put("variant", point.variant()).put("number", number);
        if (point.value().value().isPresent()) {
            DailyPoint.Estimated value = point.value().orElseThrow();
            json.put("estimate", value.estimate());
            json.set("ci", JsonNumbers.interval(value.ci()));
            if (point.anytimeCi().value().isEmpty()) {
                return JsonNumbers.refused(json, point.anytimeCi(), List.of("anytime_ci"));
            }
            json.set("anytime_ci", JsonNumbers.interval(point.anytimeCi().orElseThrow()));
            return json;
        }
        if (point.estimate().isPresent()) {
            json.put("estimate", point.estimate().getAsDouble());
            return JsonNumbers.refused(json, point.value(), List.of("ci", "anytime_ci"));
        }
        return JsonNumbers.refused(json, point.value(), List.of("estimate", "ci", "anytime_ci"));
    }

    private static ObjectNode slice(SliceReport slice) {
        ObjectNode json = JsonNumbers.object();
        json.put("name", slice.name()).put("value", slice.value());
        json.set("arms", arms(slice.arms()));
        json.set("comparisons", comparisons(slice.comparisons()));
        return json;
    }

    private static ObjectNode heterogeneity(Heterogeneity h) {
        ObjectNode json = JsonNumbers.object();
        json.put("name", h.dimension())
                .put("variant", h.variant())
                .put("control", h.control())
                .put("method", "random_effects_dersimonian_laird")
                .put("estimand", "difference by " + h.dimension() + ", shrunken towards the mean over its values")
                .put("note", Heterogeneity.NO_WINNER);
        if (h.fit().value().isEmpty()) {
            return JsonNumbers.refused(
                    json, h.fit(), List.of("mu", "mu_std_error", "tau2", "q", "df", "q_p_value", "i2", "shrunken"));
        }
        RandomEffects fit = h.fit().orElseThrow();
        json.put("mu", fit.mu())
                .put("mu_std_error", fit.muStdError())
                .put("tau2", fit.tau2())
                .put("q", fit.q())
                .put("df", h.degreesOfFreedom())
                .put("q_p_value", fit.qPValue())
                .put("i2", h.iSquared().orElseThrow());
        ArrayNode shrunken = json.putArray("shrunken");
        for (int i = 0; i < h.values().size(); i++) {
            shrunken.addObject()
                    .put("value", h.values().get(i))
                    .put("estimate", fit.shrunken().get(i));
        }
        return json;
    }
}
