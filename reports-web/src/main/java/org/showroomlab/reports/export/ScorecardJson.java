package org.showroomlab.reports.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.showroomlab.reports.report.ProgrammeEffect;
import org.showroomlab.reports.report.Scorecard;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.many.ProgrammePace;
import org.showroomlab.stats.many.ProgrammeScorecard;

/** The scorecard as JSON: of the programme, and of one experiment in it. */
final class ScorecardJson {
    private static final double LEVEL = 1 - Significance.DEFAULT.alpha();
    private static final String SCALE =
            "benefit is ln(treatment / control) of the first primary metric, its sign turned"
                    + " where less is better, so that positive is better; change is the same as a relative change of the metric";

    private ScorecardJson() {}

    static ObjectNode of(Scorecard scorecard) {
        ObjectNode json = JsonNumbers.object();
        json.put("finished", scorecard.finished().size())
                .put(
                        "shipped",
                        scorecard.pace().value().map(ProgrammePace::shipped).orElse(0))
                .put("with_effect", scorecard.withEffect().size())
                .put("scale", SCALE);
        json.set("win_rate", winRate(scorecard.pace()));
        json.set("velocity", velocity(scorecard.pace()));
        Computable<ProgrammeScorecard> achieved = scorecard.achieved();
        json.set("impact", impact(achieved));
        json.set("avoided_loss", avoidedLoss(achieved));
        json.set("prior", prior(scorecard));
        ArrayNode leftOut = json.putArray("left_out");
        scorecard
                .leftOut()
                .forEach(
                        e -> JsonNumbers.refused(leftOut.addObject().put("experiment", e.id()), e.effect(), List.of()));
        return json;
    }

    private static ObjectNode winRate(Computable<ProgrammePace> pace) {
        ObjectNode json = JsonNumbers.object().put("unit", "share of finished experiments that shipped");
        if (pace.value().isEmpty()) {
            return JsonNumbers.refused(json, pace, List.of("estimate", "ci"));
        }
        json.put("estimate", pace.orElseThrow().winRate());
        return interval(json, pace.orElseThrow().winRateInterval()).put("method", "wilson");
    }

    private static ObjectNode velocity(Computable<ProgrammePace> pace) {
        ObjectNode json = JsonNumbers.object().put("unit", "finished experiments per 30 days");
        return pace.value()
                .map(p -> json.put("estimate", p.perThirtyDays()).put("days", p.days()))
                .orElseGet(() -> JsonNumbers.refused(json, pace, List.of("estimate", "days")));
    }

    private static ObjectNode impact(Computable<ProgrammeScorecard> achieved) {
        ObjectNode json = JsonNumbers.object()
                .put(
                        "unit",
                        "relative improvement by what shipped: its shrunken effects compounded; positive is better");
        if (achieved.value().isEmpty()) {
            return JsonNumbers.refused(json, achieved, List.of("estimate", "ci", "benefit"));
        }
        ProgrammeScorecard card = achieved.orElseThrow();
        json.put("estimate", Math.expm1(card.impact())).put("benefit", card.impact());
        return interval(
                json,
                new Interval(
                        Math.expm1(card.impactInterval().low()),
                        Math.expm1(card.impactInterval().high())));
    }

    private static ObjectNode avoidedLoss(Computable<ProgrammeScorecard> achieved) {
        ObjectNode json = JsonNumbers.object()
                .put("unit", "relative loss by what did not ship, had it: its shrunken harms compounded");
        return achieved.value()
                .map(card ->
                        json.put("estimate", -Math.expm1(-card.avoidedLoss())).put("benefit", card.avoidedLoss()))
                .orElseGet(() -> JsonNumbers.refused(json, achieved, List.of("estimate", "benefit")));
    }

    private static ObjectNode prior(Scorecard scorecard) {
        Computable<ProgrammeScorecard> achieved = scorecard.achieved();
        ObjectNode json = JsonNumbers.object()
                .put("method", scorecard.declared() == null ? "normal_normal_reml" : "normal_normal_declared");
        return achieved.value()
                .map(ProgrammeScorecard::effects)
                .map(fit -> json.put("mu", fit.mu())
                        .put("mu_std_error", fit.muStdError())
                        .put("tau2", fit.tau2())
                        .put("q", fit.q())
                        .put("q_p_value", fit.qPValue()))
                .orElseGet(() ->
                        JsonNumbers.refused(json, achieved, List.of("mu", "mu_std_error", "tau2", "q", "q_p_value")));
    }

    private static ObjectNode interval(ObjectNode json, Interval interval) {
        json.set("ci", JsonNumbers.interval(interval));
        return json.put("level", LEVEL);
    }

    /** One experiment's effect, raw beside shrunken. */
    static ObjectNode of(Scorecard scorecard, String experimentId) {
        Computable<ProgrammeEffect> raw = scorecard.raw(experimentId);
        Computable<Double> shrunken = scorecard.shrunken(experimentId);
        ObjectNode json = JsonNumbers.object();
        json.put("variant", raw.value().map(ProgrammeEffect::variant).orElse(null));
        json.set("raw", raw(raw));
        ObjectNode expected = json.putObject("shrunken");
        shrunken.value()
                .ifPresentOrElse(
                        benefit -> expected.put("benefit", benefit)
                                .put("change", raw.orElseThrow().change(benefit)),
                        () -> JsonNumbers.refused(expected, shrunken, List.of("benefit", "change")));
        return json;
    }

    private static ObjectNode raw(Computable<ProgrammeEffect> raw) {
        ObjectNode json = JsonNumbers.object();
        return raw.value()
                .map(effect -> json.put("benefit", effect.benefit())
                        .put("std_error", effect.stdError())
                        .put("change", effect.change()))
                .orElseGet(() -> JsonNumbers.refused(json, raw, List.of("benefit", "std_error", "change")));
    }
}
