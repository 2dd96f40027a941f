package org.showroomlab.reports.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.verdict.ArmLimits;
import org.showroomlab.stats.verdict.Decision;
import org.showroomlab.stats.verdict.Goal;
import org.showroomlab.stats.verdict.NonInferiority;
import org.showroomlab.stats.verdict.Reason;
import org.showroomlab.stats.verdict.Verdict;

/**
 * Stops a group-sequential experiment early when a primary metric or a guardrail has become clearly worse: one-sided,
 * against a boundary of its own that spends more at early looks than the one for success. It is non-binding: going on
 * nevertheless costs nothing of the error rate of a later success.
 */
final class HarmStop {
    private static final String CODE = "harm_stop";
    private static final String IMPROVED = "success_improved";
    /** What stops no test by itself must not be taken for harm by whoever goes by codes. */
    private static final String NOTED = "worse_noted";

    private HarmStop() {}

    /**
     * The verdict with what was harmed first; the same when no boundary was crossed. An arm that was harmed does not ship
     * at this look, whatever else became better with it. What got worse but is no harm to what is tested, as conversion
     * with a higher price, comes last; and a guardrail that is shown to be within its margin is none either.
     *
     * @param limits of which arms primary metrics decide
     */
    static Verdict of(Evidence evidence, Verdict verdict, boolean limited, ArmLimits limits) {
        SequentialLooks looks = evidence.looks();
        if (looks == null || !looks.present() || evidence.status() == Status.ENDED) {
            return verdict;
        }
        List<Reason> reasons = new ArrayList<>();
        List<Reason> noted = new ArrayList<>();
        List<String> harmed = new ArrayList<>();
        for (MetricReport metric : evidence.metrics()) {
            if (metric.metric().role() == Metric.Role.SECONDARY) {
                continue;
            }
            double level = level(evidence, looks, metric.metric());
            double boundary = NormalDistribution.of(0, 1).inverseSurvivalProbability(level);
            for (Comparison c : metric.judged()) {
                double z = c.difference().value().map(e -> worse(metric, e)).orElse(0.0);
                boolean isShown = FewUnits.refusal(evidence.experiment(), metric, c, 2 * level)
                        .isEmpty();
                if (z > boundary && isShown && !isTolerated(metric, c, looks.guardrailAlpha())) {
                    boolean isHarm =
                            limits.mayRollBack(c.variant()) || metric.metric().role() == Metric.Role.GUARDRAIL;
                    if (isHarm) {
                        harmed.add(c.variant());
                    }
                    (isHarm ? reasons : noted).add(crossed(metric.metric(), c.variant(), z, boundary, isHarm));
                }
            }
        }
        if (reasons.isEmpty() && noted.isEmpty()) {
            return verdict;
        }
        verdict.reasons().stream()
                .filter(r -> !r.code().equals(IMPROVED) || !harmed.contains(r.variant()))
                .forEach(reasons::add);
        reasons.addAll(noted);
        boolean all = evidence.variants().stream().allMatch(v -> v.control() || harmed.contains(v.id()));
        if (all && !limited) {
            return new Verdict(Decision.ROLL_BACK, reasons);
        }
        boolean shipsAnother = limits.mayShip(reasons.stream()
                .filter(r -> r.code().equals(IMPROVED))
                .map(r -> String.valueOf(r.variant()))
                .toList());
        return new Verdict(
                verdict.decision() == Decision.SHIP && !shipsAnother ? Decision.KEEP_RUNNING : verdict.decision(),
                reasons);
    }

    /**
     * One-sided, of a metric at this look: guardrails share that of harm to any of them, and so do primary metrics, whose
     * owner may ask for a smaller one than the usual.
     */
    private static double level(Evidence evidence, SequentialLooks looks, Metric metric) {
        long alike = evidence.metrics().stream()
                .filter(other -> other.metric().role() == metric.role())
                .count();
        double asked = metric.role() == Metric.Role.GUARDRAIL
                ? 1
                : Math.min(1, evidence.experiment().alpha() / SequentialLooks.HARM_ALPHA);
        return looks.harmAlpha(asked / alike);
    }

    private static boolean isTolerated(MetricReport metric, Comparison c, double alpha) {
        BigDecimal margin = metric.metric().margin();
        Optional<ArmEstimate> control = metric.judgedArm(c.control()).estimate().value();
        return metric.metric().role() == Metric.Role.GUARDRAIL
                && margin != null
                && control.isPresent()
                && NonInferiority.of(
                                c.difference().orElseThrow(),
                                control.get().estimate(),
                                margin.doubleValue(),
                                metric.metric().goal() == Metric.Goal.INCREASE ? Goal.INCREASE : Goal.DECREASE,
                                alpha)
                        .holds(alpha);
    }

    private static Reason crossed(Metric metric, String variant, double z, double boundary, boolean isHarm) {
        return new Reason(
                isHarm ? CODE : NOTED,
                String.format(
                        Locale.ROOT,
                        "%s got worse with %s: z is %.2f against a harm boundary of %.2f%s.",
                        metric.id(),
                        variant,
                        z,
                        boundary,
                        isHarm ? "" : "; by itself that stops no test of this kind"),
                metric.id(),
                variant);
    }

    /** How far it went in the direction that is not wanted. */
    private static double worse(MetricReport metric, Effect effect) {
        return metric.metric().goal() == Metric.Goal.INCREASE ? -effect.z() : effect.z();
    }
}
