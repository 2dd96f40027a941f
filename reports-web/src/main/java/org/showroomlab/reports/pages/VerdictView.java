package org.showroomlab.reports.pages;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.reports.report.Comparison;
import org.showroomlab.reports.report.MetricReport;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.Status;
import org.showroomlab.reports.special.PriceElasticityReading;
import org.showroomlab.reports.special.SpecialReading;
import org.showroomlab.reports.special.TtlSpeedReading;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.verdict.Reason;
import org.showroomlab.stats.verdict.Verdict;

/**
 * A verdict as a badge and a sentence.
 *
 * @param tone the style class
 * @param sign a shape beside the label, so that colour is not needed
 * @param sentence what to read in the first ten seconds
 * @param why the same where there is one line for an experiment: what is decided, or else what stands in the way
 */
public record VerdictView(String label, String tone, String sign, String sentence, String why, List<Reason> reasons) {
    private static final Set<String> IMPROVED = Set.of("success_improved");
    private static final Set<String> HARMED = Set.of("success_harmed", "guardrail_harmed", "harm_stop");

    public static VerdictView of(Report report) {
        Verdict verdict = report.verdict();
        String first = verdict.reasons().get(0).text();
        return switch (verdict.decision()) {
            case SHIP -> {
                String sentence =
                        earnsMost(report) + advice(report) + shown(report, IMPROVED, "better") + guardrails(report);
                yield new VerdictView("Ship", "good", "✓", sentence, sentence, verdict.reasons());
            }
            case ROLL_BACK -> {
                String sentence = earnsMost(report) + shown(report, HARMED, "worse");
                yield new VerdictView("Roll back", "bad", "✕", sentence, sentence, verdict.reasons());
            }
            case KEEP_RUNNING -> {
                Optional<String> begins = beginning(report);
                yield new VerdictView(
                        "Keep running",
                        "running",
                        "…",
                        begins.orElse("There is no decision yet, and more data will come."),
                        begins.orElse(first),
                        verdict.reasons());
            }
            case REVIEW ->
                new VerdictView(
                        "Review", "warn", "?", earnsMost(report) + personDecides(report), first, verdict.reasons());
            case BLOCKED ->
                new VerdictView(
                        "Blocked",
                        "stop",
                        "■",
                        verdict.reasons().stream().anyMatch(r -> r.code().equals(Report.NOT_COUNTED))
                                ? "Nobody counts this experiment any more."
                                : "The data cannot carry a verdict.",
                        first,
                        verdict.reasons());
        };
    }

    private static String personDecides(Report report) {
        if (report.status() == Status.RUNNING) {
            return "No rule can give the answer: a person has to decide.";
        }
        return report.health().units() == 0
                ? "The experiment is over, and nobody was exposed."
                : "The experiment is over and no rule gives the answer: a person has to decide.";
    }

    /** When an experiment starts that the events have not come to yet. */
    private static Optional<String> beginning(Report report) {
        Experiment experiment = report.experiment();
        Instant asOf = report.asOf();
        return asOf != null && asOf.isBefore(experiment.start())
                ? Optional.of("The experiment has not begun: it starts on "
                        + Figures.day(experiment.start(), experiment.timeZone()) + ".")
                : Optional.empty();
    }

    /** The TTL to keep pages for, where one is recommended: the largest change alone would name another arm. */
    private static String advice(Report report) {
        TtlSpeedView ttl = ttlSpeed(report);
        return ttl == null || ttl.advice().isEmpty() ? "" : ttl.advice() + " ";
    }

    /** In a test of prices the first thing to know, whatever became of conversion. */
    private static String earnsMost(Report report) {
        Computable<SpecialReading> analysis = report.analysis();
        return analysis != null && analysis.value().orElse(null) instanceof PriceElasticityReading reading
                ? new PriceElasticityView(reading, report.experiment().currency()).advice() + " "
                : "";
    }

    private static @Nullable TtlSpeedView ttlSpeed(Report report) {
        Computable<SpecialReading> analysis = report.analysis();
        return analysis != null && analysis.value().orElse(null) instanceof TtlSpeedReading reading
                ? new TtlSpeedView(reading)
                : null;
    }

    /** An earlier look's decision stands without looking at the guardrails again. */
    private static String guardrails(Report report) {
        List<Reason> reasons = report.verdict().reasons();
        boolean decidedNow = reasons.stream().noneMatch(r -> r.code().equals("boundary_crossed"));
        if (!decidedNow || report.metrics().stream().noneMatch(m -> m.metric().role() == Metric.Role.GUARDRAIL)) {
            return "";
        }
        if (report.variants().size() == 2) {
            return " Every guardrail held.";
        }
        // Those of another variant may not have.
        String shipping = reasons.stream()
                .filter(r -> r.code().equals("success_improved"))
                .map(r -> String.valueOf(r.variant()))
                .distinct()
                .collect(Collectors.joining(" and of "));
        return " Every guardrail of " + shipping + " held.";
    }

    /** The change that the verdict rests on, of the recommended variant or else the largest, and how many others there are. */
    private static String shown(Report report, Set<String> codes, String how) {
        List<Reason> reasons = report.verdict().reasons().stream()
                .filter(r -> codes.contains(r.code()))
                .toList();
        TtlSpeedView ttl = ttlSpeed(report);
        String recommended = ttl == null ? "" : ttl.recommendedVariant();
        Optional<Reason> named = reasons.stream()
                .filter(r -> recommended.equals(r.variant()))
                .findFirst()
                .or(() -> reasons.stream().findFirst());
        if (named.isEmpty()) {
            return report.verdict().reasons().get(0).text();
        }
        Predicate<Reason> sameVariant =
                r -> String.valueOf(named.get().variant()).equals(r.variant());
        long others = reasons.stream()
                .filter(sameVariant.negate())
                .map(Reason::variant)
                .distinct()
                .count();
        return change(report, named.get()) + others(others, how);
    }

    private static String others(long others, String how) {
        return others == 0
                ? ""
                : " " + Figures.count(others) + " other variant" + (others == 1 ? " is" : "s are") + " significantly "
                        + how + " than the control, too.";
    }

    private static String change(Report report, Reason reason) {
        return report.metrics().stream()
                .filter(m -> m.metric().id().equals(reason.metric()))
                .flatMap(m -> m.judged().stream()
                        .filter(c -> c.variant().equals(reason.variant()))
                        .map(c -> sentence(m, c)))
                .findFirst()
                .orElse(reason.text());
    }

    private static String sentence(MetricReport metric, Comparison c) {
        String change = c.relative()
                .value()
                .map(r -> Figures.percentChange(r.effect().estimate()))
                .orElseGet(() -> Figures.difference(c.difference().orElseThrow().estimate(), metric.unit()));
        return metric.metric().id() + " changed by " + change + " with " + c.variant() + ".";
    }
}
