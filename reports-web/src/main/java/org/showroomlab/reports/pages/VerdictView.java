package org.showroomlab.reports.pages;

import java.util.List;
import java.util.Optional;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.reports.report.Comparison;
import org.showroomlab.reports.report.MetricReport;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.Status;
import org.showroomlab.stats.verdict.Reason;
import org.showroomlab.stats.verdict.Verdict;

/**
 * A verdict as a badge and a sentence.
 *
 * @param tone the style class
 * @param sign a shape beside the label, so that colour is not needed
 */
public record VerdictView(String label, String tone, String sign, String sentence, List<Reason> reasons) {

    static VerdictView of(Report report) {
        Verdict verdict = report.verdict();
        return switch (verdict.decision()) {
            case SHIP ->
                view(
                        "Ship",
                        "good",
                        "✓",
                        clearest(report, Direction.BETTER).orElse("A success metric improved.")
                                + " Every guardrail held.",
                        verdict);
            case ROLL_BACK ->
                view(
                        "Roll back",
                        "bad",
                        "✕",
                        clearest(report, Direction.WORSE).orElse("The change made things worse."),
                        verdict);
            case KEEP_RUNNING ->
                view("Keep running", "running", "…", "There is no decision yet, and more data will come.", verdict);
            case REVIEW ->
                view(
                        "Review",
                        "warn",
                        "?",
                        report.status() == Status.ENDED
                                ? "The experiment is over and no rule gives the answer: a person has to decide."
                                : "No rule can give the answer: a person has to decide.",
                        verdict);
            case BLOCKED -> view("Blocked", "stop", "■", "The data cannot carry a verdict.", verdict);
        };
    }

    private static VerdictView view(String label, String tone, String sign, String sentence, Verdict verdict) {
        return new VerdictView(label, tone, sign, sentence, verdict.reasons());
    }

    /** The first change of a deciding metric in that direction, in words. */
    private static Optional<String> clearest(Report report, Direction direction) {
        return report.metrics().stream()
                .filter(m -> m.metric().role() != Metric.Role.SECONDARY)
                .flatMap(m -> m.comparisons().stream()
                        .filter(c -> Direction.of(
                                        c,
                                        m.metric().goal(),
                                        report.experiment().alpha())
                                == direction)
                        .map(c -> sentence(m, c)))
                .findFirst();
    }

    private static String sentence(MetricReport metric, Comparison c) {
        String change = c.relative()
                .value()
                .map(r -> Figures.percentChange(r.effect().estimate()))
                .orElseGet(() -> Figures.difference(c.difference().orElseThrow().estimate(), metric.unit()));
        return metric.metric().id() + " changed by " + change + " with " + c.variant() + ".";
    }
}
