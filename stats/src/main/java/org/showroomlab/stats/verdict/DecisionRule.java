package org.showroomlab.stats.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.showroomlab.stats.verdict.Finding.Weight;

/**
 * The decision rule: ship a treatment when at least one success metric is significantly better (Holm over all success
 * metrics of all treatments) and all its guardrails are non-inferior, each one-sided. Roll back when a success metric or
 * a guardrail got significantly worse. What limits the data comes first: a blocking finding leaves no verdict, a
 * postponing one only "keep running"; where the question is left open neither "ship" nor "roll back" stands, unless
 * guardrails alone ask for the latter; "ship" never survives a finding that needs a person; and what is known about an arm
 * may keep it from shipping, or from being rolled back for success metrics alone.
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
        List<Reason> reasons = reasons(
                active, f -> f.weight() != Weight.NOTED && (has(active, Weight.BLOCKS) || !(f instanceof ArmFinding)));
        if (has(active, Weight.BLOCKS)) {
            return new Verdict(Decision.BLOCKED, reasons);
        }
        ArmLimits limits = ArmLimits.of(active);
        Verdict fromMetrics = fromMetrics(input, limits);
        Decision decision =
                limits.open() && fromMetrics.decision() == Decision.SHIP ? undecided(input) : fromMetrics.decision();
        Decision limited = limit(decision, active);
        // What changes nothing is no reason to be named first.
        boolean armsFirst =
                limited != Decision.SHIP && limited != Decision.ROLL_BACK && (input.ended() || input.mayDecideEarly());
        reasons.addAll(reasons(active, f -> armsFirst && f instanceof ArmFinding));
        reasons.addAll(fromMetrics.reasons());
        reasons.addAll(reasons(active, f -> !armsFirst && f instanceof ArmFinding));
        reasons.addAll(reasons(active, f -> f.weight() == Weight.NOTED));
        return new Verdict(limited, reasons);
    }

    private static List<Reason> reasons(List<Finding> active, Predicate<Finding> which) {
        return new ArrayList<>(
                active.stream().filter(which).map(DecisionRule::reason).toList());
    }

    private static Reason reason(Finding finding) {
        boolean ofOneArm = finding instanceof ArmFinding about && about.arms().size() == 1;
        return new Reason(
                finding.code(),
                finding.text(),
                null,
                ofOneArm ? ((ArmFinding) finding).arms().get(0) : null);
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

    private static Verdict fromMetrics(VerdictInput input, ArmLimits limits) {
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
                limits);
    }

    private static Verdict combine(
            List<VariantOutcome> outcomes, SuccessFamily family, VerdictInput input, ArmLimits limits) {
        if (family.isEmpty()) {
            return withoutSuccessMetric(outcomes, input);
        }
        List<VariantOutcome> shipping = outcomes.stream()
                .filter(o -> o.ships() && limits.mayShip(o.variant()))
                .toList();
        if (limits.mayShip(shipping.stream().map(VariantOutcome::variant).toList())) {
            return new Verdict(Decision.SHIP, reasons(shipping));
        }
        if (outcomes.stream().allMatch(o -> rollsBack(o, limits))) {
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

    private static boolean rollsBack(VariantOutcome outcome, ArmLimits limits) {
        return limits.mayRollBack(outcome.variant()) ? !outcome.harmed().isEmpty() : outcome.harmsGuardrail();
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

    /** A decision that waits for a person where waiting for more data would cure nothing. */
    private static Decision undecided(VerdictInput input) {
        boolean incurable = input.findings().stream().anyMatch(f -> f.active() && f.weight() == Weight.DISTORTS);
        return input.ended() || (incurable && input.mayDecideEarly()) ? Decision.REVIEW : Decision.KEEP_RUNNING;
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
