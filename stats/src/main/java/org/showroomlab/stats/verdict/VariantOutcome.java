package org.showroomlab.stats.verdict;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import org.showroomlab.stats.Effect;

/**
 * What the metrics say about one treatment.
 *
 * @param improved success metrics that got significantly better
 * @param harmed success metrics and guardrails that got significantly worse
 * @param notShown guardrails that are neither shown to hold nor harmed
 */
record VariantOutcome(List<Reason> improved, List<Reason> harmed, List<Reason> notShown) {
    private static final String GUARDRAIL_HARMED = "guardrail_harmed";

    boolean ships() {
        return !improved.isEmpty() && harmed.isEmpty() && notShown.isEmpty();
    }

    boolean harmsGuardrail() {
        return harmed.stream().anyMatch(r -> r.code().equals(GUARDRAIL_HARMED));
    }

    static VariantOutcome of(
            List<MetricEvidence> metrics, IdentityHashMap<MetricEvidence, Double> holm, VerdictInput input) {
        VariantOutcome outcome = new VariantOutcome(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (MetricEvidence metric : metrics) {
            switch (metric.role()) {
                case SUCCESS -> outcome.addSuccess(metric, holm, input.alpha());
                case GUARDRAIL -> outcome.addGuardrail(metric, input.guardrailAlpha());
                case EXPLORATORY -> {}
            }
        }
        return outcome;
    }

    private void addSuccess(MetricEvidence metric, IdentityHashMap<MetricEvidence, Double> holm, double alpha) {
        Double adjusted = holm.get(metric);
        if (adjusted == null || adjusted > alpha) {
            return;
        }
        Effect effect = metric.difference().orElseThrow();
        boolean better = metric.goal().sign() * effect.estimate() > 0;
        String text = format(
                "%s changed by %.4g [%.4g, %.4g], Holm-adjusted %s.",
                metric.name(), effect.estimate(), effect.ci().low(), effect.ci().high(), Reason.pValue(adjusted));
        if (better) {
            improved.add(new Reason("success_improved", text));
        } else {
            harmed.add(new Reason("success_harmed", text));
        }
    }

    private void addGuardrail(MetricEvidence metric, double alpha) {
        if (metric.difference().value().isEmpty()) {
            notShown.add(new Reason(
                    "guardrail_not_shown",
                    metric.name() + " is not computable: "
                            + metric.difference().reason().orElseThrow()));
            return;
        }
        Effect effect = metric.difference().orElseThrow();
        NonInferiority test =
                NonInferiority.of(effect, metric.controlEstimate(), metric.margin(), metric.goal(), alpha);
        if (test.holds(alpha)) {
            return;
        }
        if (test.harmed(alpha)) {
            harmed.add(new Reason(
                    GUARDRAIL_HARMED,
                    format(
                            "%s got worse by %.4g (one-sided %s; tolerated %.4g).",
                            metric.name(),
                            -metric.goal().sign() * effect.estimate(),
                            Reason.pValue(test.harmPValue()),
                            test.tolerated())));
        } else {
            notShown.add(new Reason(
                    "guardrail_not_shown",
                    format(
                            "%s may be worse by up to %.4g, more than the tolerated %.4g.",
                            metric.name(), test.bound(), test.tolerated())));
        }
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
