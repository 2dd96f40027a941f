package org.showroomlab.reports.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.verdict.Digits;
import org.showroomlab.stats.verdict.Reason;
import org.showroomlab.stats.verdict.Verdict;

/** What decides nothing, but whoever reads a decision should know: it stands last among the reasons. */
final class VerdictNotes {
    private VerdictNotes() {}

    /** The verdict with its notes. */
    static Verdict noted(Evidence evidence, Verdict verdict) {
        Stream<Reason> notes = switch (verdict.decision()) {
            case SHIP -> harmedSecondaries(evidence, verdict);
            case KEEP_RUNNING -> nearlyOver(evidence);
            default -> Stream.empty();
        };
        List<Reason> reasons = new ArrayList<>(verdict.reasons());
        notes.forEach(reasons::add);
        return new Verdict(verdict.decision(), reasons);
    }

    /**
     * Secondary metrics that got worse with an arm that ships, by the p-values that the table corrects: whoever ships must
     * not have to find that in a table.
     */
    private static Stream<Reason> harmedSecondaries(Evidence evidence, Verdict verdict) {
        Set<String> shipping = shipping(evidence, verdict);
        double alpha = evidence.experiment().alpha();
        return evidence.metrics().stream()
                .filter(metric -> metric.metric().role() == Metric.Role.SECONDARY)
                .flatMap(metric -> metric.comparisons().stream()
                        .filter(c -> shipping.contains(c.variant()) && isWorse(metric.metric(), c, alpha))
                        .map(c -> harmed(metric, c)));
    }

    private static Set<String> shipping(Evidence evidence, Verdict verdict) {
        Set<String> shipping = new HashSet<>();
        SequentialLooks looks = evidence.looks();
        for (Reason reason : verdict.reasons()) {
            if (reason.code().equals("success_improved") && reason.variant() != null) {
                shipping.add(reason.variant());
            } else if (reason.code().equals(EarlierDecision.CROSSED) && looks != null && looks.decided() != null) {
                shipping.addAll(EarlierDecision.shipping(looks.decided(), evidence));
            }
        }
        return shipping;
    }

    private static boolean isWorse(Metric metric, Comparison comparison, double alpha) {
        Double p = comparison.pValueAdjusted();
        boolean increases = metric.goal() == Metric.Goal.INCREASE;
        return p != null
                && p <= alpha
                && comparison
                        .difference()
                        .value()
                        .filter(e -> increases ? e.estimate() < 0 : e.estimate() > 0)
                        .isPresent();
    }

    private static Reason harmed(MetricReport metric, Comparison comparison) {
        Effect effect = comparison.difference().orElseThrow();
        return new Reason(
                "secondary_harmed",
                metric.metric().id() + " (" + comparison.variant() + ") got worse: it changed by "
                        + metric.unit().ofDifferences().change(effect.estimate()) + ", "
                        + Digits.p(Objects.requireNonNull(comparison.pValueAdjusted()))
                        + " corrected; as a secondary metric it decides nothing.",
                metric.metric().id(),
                comparison.variant());
    }

    /** A stream that ends where the experiment does says nothing of after it; why it is not over must not be a riddle. */
    private static Stream<Reason> nearlyOver(Evidence evidence) {
        Experiment experiment = evidence.experiment();
        Instant asOf = evidence.asOf();
        boolean isNear = evidence.status() == Status.RUNNING
                && asOf != null
                && !asOf.isBefore(experiment.observeUntil().minus(SyncedShowrooms.tolerance(experiment)));
        return isNear
                ? Stream.of(new Reason(
                        "nearly_over",
                        "The newest event of all is of " + asOf
                                + ". The experiment counts as over with the first one at or" + " after "
                                + experiment.observeUntil()
                                + ", whatever it is about, or when files are counted --as-of then."))
                : Stream.empty();
    }
}
