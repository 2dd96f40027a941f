package org.showroomlab.stats.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.showroomlab.stats.verdict.Finding.Weight;

/**
 * The decision rule: ship a treatment when at least one success metric is significantly better (Holm over all success
 * metrics of all treatments) and all its guardrails are non-inferior, each one-sided. Roll back when a success metric or
 * a guardrail got significantly worse. What limits the data comes first: a blocking finding leaves no verdict, a
 * postponing one only "keep running"; where the question is left open neither "ship" nor "roll back" stands, unless
 * guardrails alone ask for the latter; and "ship" never survives a finding that needs a person.
 *
 * <p>Source: Schultzberg, Ankargren and Frånberg (2024), arXiv:2402.11609.
 */
public final class DecisionRule {

    private DecisionRule() {}

    /** The verdict. */
    public static Verdict decide(VerdictInput input) {
        List<Finding> active = input.findings().stream()
                .filter(Finding::active)
                .sorted(Comparator.comparing(Finding::weight))
                .toList();
        List<Reason> limits = new ArrayList<>(active.stream()
                .filter(f -> f.weight() != Weight.NOTED)
                .map(DecisionRule::reason)
                .toList());
        if (has(active, Weight.BLOCKS)) {
            return new Verdict(Decision.BLOCKED, limits);
        }
        boolean open = has(active, Weight.LEAVES_OPEN);
        Verdict fromMetrics = fromMetrics(input, open);
        Decision decision = open && fromMetrics.decision() == Decision.SHIP ? undecided(input) : fromMetrics.decision();
        Decision limited = limit(decision, active);
        limits.addAll(fromMetrics.reasons());
        // What changes nothing is no reason to be named first.
        active.stream()
                .filter(f -> f.weight() == Weight.NOTED)
                .map(DecisionRule::reason)
                .forEach(limits::add);
        return new Verdict(limited, limits);
    }

    private static Reason reason(Finding finding) {
        return new Reason(finding.code(), finding.text());
    }

    private static boolean has(List<Finding> active, Weight weight) {
        return active.stream().anyMatch(f -> f.weight() == weight);
    }

    private static Decision limit(Decision decision, List<Finding> active) {
        boolean conclusive = decision == Decision.SHIP || decision == Decision.ROLL_BACK || decision == Decision.REVIEW;
        if (conclusive && has(active, Weight.POSTPONES)) {
            return Decision.KEEP_RUNNING;
        }
        return decision == Decision.SHIP && has(active, Weight.NEEDS_REVIEW) ? Decision.REVIEW : decision;
    }

    private static Verdict fromMetrics(VerdictInput input, boolean open) {
        SuccessFamily family = new SuccessFamily(input.metrics());
        if (!input.ended() && !input.mayDecideEarly()) {
            return new Verdict(
                    Decision.KEEP_RUNNING,
                    List.of(family.isEmpty() ? notEnoughData(input) : notEnded(family, input.alpha())));
        }
        Map<String, List<MetricEvidence>> byVariant = new LinkedHashMap<>();
        input.metrics()
                .forEach(m -> byVariant
                        .computeIfAbsent(m.variant(), v -> new ArrayList<>())
                        .add(m));
        return combine(
                byVariant.values().stream()
                        .map(metrics -> VariantOutcome.of(metrics, family, input))
                        .toList(),
                family,
                input,
                open);
    }

    private static Verdict combine(
            List<VariantOutcome> outcomes, SuccessFamily family, VerdictInput input, boolean open) {
        if (family.isEmpty()) {
            return withoutSuccessMetric(outcomes, input);
        }
        List<VariantOutcome> shipping =
                outcomes.stream().filter(VariantOutcome::ships).toList();
        if (!shipping.isEmpty()) {
            return new Verdict(Decision.SHIP, reasons(shipping));
        }
        if (outcomes.stream()
                .allMatch(o -> open ? o.harmsGuardrail() : !o.harmed().isEmpty())) {
            return new Verdict(Decision.ROLL_BACK, reasons(outcomes));
        }
        List<Reason> reasons = reasons(outcomes);
        if (reasons.isEmpty()) {
            reasons.add(new Reason(
                    "no_effect_shown",
                    (input.ended()
                                    ? "No primary metric changed significantly"
                                    : "No primary metric is clear enough to decide now")
                            + " (smallest: " + family.words(family.smallest()) + ")."));
        }
        return new Verdict(undecided(input), reasons);
    }

    /** What cannot improve may still be harmed. */
    private static Verdict withoutSuccessMetric(List<VariantOutcome> outcomes, VerdictInput input) {
        boolean harmed = !outcomes.isEmpty() && outcomes.stream().allMatch(VariantOutcome::harmsGuardrail);
        List<Reason> reasons = new ArrayList<>();
        reasons.add(notEnoughData(input));
        reasons.addAll(largestFirst(outcomes, VariantOutcome::harmed));
        return new Verdict(harmed ? Decision.ROLL_BACK : undecided(input), reasons);
    }

    private static List<Reason> reasons(List<VariantOutcome> outcomes) {
        List<Reason> reasons = new ArrayList<>();
        reasons.addAll(largestFirst(outcomes, VariantOutcome::harmed));
        reasons.addAll(largestFirst(outcomes, VariantOutcome::improved));
        outcomes.forEach(o -> reasons.addAll(o.notShown()));
        return reasons;
    }

    private static List<Reason> largestFirst(
            List<VariantOutcome> outcomes, Function<VariantOutcome, List<VariantOutcome.Shown>> shown) {
        return outcomes.stream()
                .flatMap(o -> shown.apply(o).stream())
                .sorted(VariantOutcome.Shown.LARGEST_FIRST)
                .map(VariantOutcome.Shown::reason)
                .toList();
    }

    private static Decision undecided(VerdictInput input) {
        return input.ended() ? Decision.REVIEW : Decision.KEEP_RUNNING;
    }

    private static Reason notEnoughData(VerdictInput input) {
        return input.metrics().stream()
                .filter(m -> m.role() == Role.SUCCESS)
                .findFirst()
                .map(m -> new Reason(
                        "not_enough_data",
                        m.name() + ": " + m.difference().reason().orElse("no result yet.")))
                .orElse(new Reason("not_enough_data", "There is no success metric to decide on."));
    }

    private static Reason notEnded(SuccessFamily family, double alpha) {
        double smallest = family.smallest();
        return smallest <= alpha
                ? new Reason(
                        "peeking",
                        "The smallest p-value is significant (" + family.words(smallest)
                                + "), but the test is not over, and this is no moment at which it may decide: stopping here"
                                + " would multiply the false alarms.")
                : new Reason("not_ended", "The experiment is not over yet.");
    }
}
