package org.showroomlab.stats.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;

/**
 * What the metrics say about one treatment.
 *
 * @param variant the treatment's id
 * @param improved success metrics that got significantly better
 * @param harmed success metrics and guardrails that got significantly worse
 * @param notShown guardrails that are neither shown to hold nor harmed
 */
record VariantOutcome(String variant, List<Shown> improved, List<Shown> harmed, List<Reason> notShown) {
    private static final String GUARDRAIL_HARMED = "guardrail_harmed";

    /**
     * A change that was shown.
     *
     * @param place of the metric in the file; changes of another metric cannot be compared
     * @param size of the change, in units of the metric
     */
    record Shown(int place, double size, Reason reason) {
        static final Comparator<Shown> LARGEST_FIRST = Comparator.comparingInt(Shown::place)
                .thenComparing(Comparator.comparingDouble(Shown::size).reversed());
    }

    boolean ships() {
        return !improved.isEmpty() && harmed.isEmpty() && notShown.isEmpty();
    }

    boolean harmsGuardrail() {
        return harmed.stream().anyMatch(shown -> shown.reason().code().equals(GUARDRAIL_HARMED));
    }

    static VariantOutcome of(List<MetricEvidence> metrics, SuccessFamily family, VerdictInput input) {
        VariantOutcome outcome =
                new VariantOutcome(metrics.get(0).variant(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        long guardrails = metrics.stream()
                .filter(metric -> metric.role() == Role.GUARDRAIL)
                .count();
        for (int place = 0; place < metrics.size(); place++) {
            MetricEvidence metric = metrics.get(place);
            switch (metric.role()) {
                case SUCCESS -> outcome.addSuccess(place, metric, family, input.alpha());
                case GUARDRAIL -> outcome.addGuardrail(place, metric, input.guardrailAlpha(), guardrails);
                case EXPLORATORY -> {}
            }
        }
        return outcome;
    }

    private void addSuccess(int place, MetricEvidence metric, SuccessFamily family, double alpha) {
        double adjusted = family.pValue(metric);
        if (adjusted > alpha) {
            return;
        }
        Effect effect = metric.difference().orElseThrow();
        boolean better = metric.goal().sign() * effect.estimate() > 0;
        String interval = effect.ci().equals(Interval.UNBOUNDED)
                ? ""
                : " " + metric.unit().interval(effect.ci());
        String text = metric.name() + " changed by " + metric.unit().change(effect.estimate()) + interval + ", "
                + family.words(adjusted) + ".";
        Reason reason = reason(better ? "success_improved" : "success_harmed", metric, text);
        (better ? improved : harmed).add(new Shown(place, Math.abs(effect.estimate()), reason));
    }

    /** That it holds is asked of each guardrail alone; that one of so many is harmed, of all together. */
    private void addGuardrail(int place, MetricEvidence metric, double alpha, long guardrails) {
        if (metric.difference().value().isEmpty()) {
            notShown.add(reason(
                    "guardrail_not_shown",
                    metric,
                    metric.name() + " is not computable: "
                            + metric.difference().reason().orElseThrow()));
            return;
        }
        Effect effect = metric.difference().orElseThrow();
        DisplayUnit unit = metric.unit();
        NonInferiority test =
                NonInferiority.of(effect, metric.controlEstimate(), metric.margin(), metric.goal(), alpha);
        if (test.holds(alpha)) {
            return;
        }
        if (test.harmed(alpha / guardrails)) {
            double worse = -metric.goal().sign() * effect.estimate();
            String text = metric.name() + " got worse by " + unit.amount(worse) + " (one-sided "
                    + Digits.p(test.harmPValue()) + "; tolerated " + unit.amount(test.tolerated()) + ").";
            harmed.add(new Shown(place, worse, reason(GUARDRAIL_HARMED, metric, text)));
        } else {
            notShown.add(reason(
                    "guardrail_not_shown",
                    metric,
                    metric.name() + " may be worse by up to " + unit.amount(test.bound()) + ", more than the tolerated "
                            + unit.amount(test.tolerated()) + "."));
        }
    }

    private static Reason reason(String code, MetricEvidence metric, String text) {
        return new Reason(code, text, metric.metric(), metric.variant());
    }
}
