package org.showroomlab.reports.report;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.reports.special.SpecialReading;
import org.showroomlab.reports.special.TtlSpeedReading;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.arms.RelativeLift;
import org.showroomlab.stats.verdict.ArmFinding.BestByRevenue;
import org.showroomlab.stats.verdict.Contaminated;
import org.showroomlab.stats.verdict.Decision;
import org.showroomlab.stats.verdict.FixedOrder;
import org.showroomlab.stats.verdict.Reason;

/**
 * What a finished experiment adds to the programme: the log ratio of the comparison that its verdict is about.
 *
 * <p>Of an experiment with several treatments it is one, because they share a control and are not independent: that with
 * the recommended TTL where the verdict names it, else the first that the verdict names, of the primary metric if it can
 * be, else the first of the file. Taking the largest where the verdict names none would make luck an effect.
 *
 * <p>A log ratio adds up where several changes act on one metric, and −50 % weighs what +100 % does. Its standard error is
 * that of the relative lift, SE/(1 + lift).
 */
final class JudgedEffect {
    /** Something else may have caused it; or conversion fell with a price that earns more. */
    private static final Set<String> DISTORTING = Set.of(Contaminated.CODE, BestByRevenue.CODE, FixedOrder.CODE);

    private JudgedEffect() {}

    static Computable<ProgrammeEffect> of(Report report, MetricReport metric) {
        if (report.verdict().decision() == Decision.BLOCKED) {
            Reason why = report.verdict().reasons().get(0);
            return Computable.notComputable("blocked", "The data cannot carry a verdict: " + why.text());
        }
        Optional<Reason> distorted = report.verdict().reasons().stream()
                .filter(reason -> DISTORTING.contains(reason.code()))
                .findFirst();
        if (distorted.isPresent()) {
            return Computable.notComputable(
                    distorted.get().code(), distorted.get().text());
        }
        if (metric.metric().role() != Metric.Role.PRIMARY) {
            return Computable.notComputable("no_primary_metric", "There is no primary metric to take the effect from.");
        }
        Comparison comparison = comparison(report, metric);
        Optional<Computable<ProgrammeEffect>> fewUnits = FewUnits.refusal(
                report.experiment(), metric, comparison, report.experiment().alpha());
        if (fewUnits.isPresent()) {
            return fewUnits.get();
        }
        double control = metric.judgedArm(comparison.control())
                .estimate()
                .value()
                .map(ArmEstimate::estimate)
                .orElse(0.0);
        return comparison
                .relative()
                .flatMap(relative -> onLogScale(metric.metric(), comparison.variant(), relative, control));
    }

    private static Computable<ProgrammeEffect> onLogScale(
            Metric metric, String variant, RelativeEffect relative, double control) {
        double ratio = 1 + relative.effect().estimate();
        if (relative.method() != RelativeLift.Method.LOG_RATIO || !(control > 0 && ratio > 0)) {
            return Computable.notComputable(
                    "no_log_ratio",
                    "The level of an arm is not surely above 0, so their ratio has no logarithm to add up.");
        }
        double stdError = relative.effect().stdError() / ratio;
        if (!(stdError > 0 && stdError < Double.POSITIVE_INFINITY)) {
            return Computable.notComputable("zero_variance", "The ratio of the arms has no measurable uncertainty.");
        }
        int sign = metric.goal() == Metric.Goal.INCREASE ? 1 : -1;
        return Computable.of(
                new ProgrammeEffect(metric.id(), variant, metric.goal(), sign * Math.log(ratio), stdError));
    }

    private static Comparison comparison(Report report, MetricReport metric) {
        List<Comparison> judged = metric.judged();
        return named(report, metric)
                .flatMap(variant ->
                        judged.stream().filter(c -> c.variant().equals(variant)).findFirst())
                .orElse(judged.get(0));
    }

    private static Optional<String> named(Report report, MetricReport metric) {
        List<Reason> naming = report.verdict().reasons().stream()
                .filter(r -> r.variant() != null)
                .toList();
        String recommended = recommended(report);
        Predicate<Reason> isRecommended = r -> recommended.equals(r.variant());
        Predicate<Reason> isPrimary = r -> metric.metric().id().equals(r.metric());
        return Stream.of(isRecommended, isPrimary, (Predicate<Reason>) r -> true)
                .flatMap(wanted -> naming.stream().filter(wanted))
                .map(Reason::variant)
                .findFirst();
    }

    private static String recommended(Report report) {
        Computable<SpecialReading> analysis = report.analysis();
        return analysis != null && analysis.value().orElse(null) instanceof TtlSpeedReading ttl
                ? ttl.recommended().map(TtlSpeedReading.Arm::variant).orElse("")
                : "";
    }
}
