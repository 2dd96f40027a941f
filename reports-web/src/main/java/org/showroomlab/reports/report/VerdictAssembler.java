package org.showroomlab.reports.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.showroomlab.ingest.experiment.Experiment.Monitoring;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.verdict.ArmLimits;
import org.showroomlab.stats.verdict.Decision;
import org.showroomlab.stats.verdict.DecisionRule;
import org.showroomlab.stats.verdict.Finding;
import org.showroomlab.stats.verdict.Finding.Weight;
import org.showroomlab.stats.verdict.Goal;
import org.showroomlab.stats.verdict.MetricEvidence;
import org.showroomlab.stats.verdict.Reason;
import org.showroomlab.stats.verdict.Role;
import org.showroomlab.stats.verdict.Verdict;
import org.showroomlab.stats.verdict.VerdictInput;

/** Hands the evidence of a report to the decision rule. */
final class VerdictAssembler {
    /** Of the records received, how many may be on their way for a verdict: in a stream that is caught up with they are few. */
    static final double MOST_ON_THEIR_WAY = 0.005;

    private static final String TOO_FEW_CLUSTERS = "too_few_clusters";
    private static final String BEING_COUNTED = "being_counted";

    private VerdictAssembler() {}

    static Verdict verdict(Evidence evidence) {
        Instant countedUntil = evidence.countedUntil();
        if (countedUntil != null && evidence.status() == Status.RUNNING) {
            return new Verdict(
                    Decision.BLOCKED,
                    List.of(new Reason(
                            Report.NOT_COUNTED,
                            "No job counts this experiment any more: the last submission left it out. These are the results"
                                    + " as of " + countedUntil + "; submit the job with its file to go on.")));
        }
        Optional<Reason> beingCounted = beingCounted(evidence);
        if (beingCounted.isPresent()) {
            return new Verdict(Decision.KEEP_RUNNING, List.of(beingCounted.get()));
        }
        Verdict verdict = DecisionRule.decide(input(evidence));
        Optional<Reason> tooFew = tooFewClusters(evidence);
        if (tooFew.isPresent()) {
            return EarlierDecision.with(Decision.BLOCKED, tooFew.get(), verdict);
        }
        List<Finding> findings = findings(evidence);
        Verdict now = HarmStop.of(
                evidence,
                verdict,
                has(findings, Weight.BLOCKS) || has(findings, Weight.POSTPONES),
                ArmLimits.of(findings));
        return VerdictNotes.noted(evidence, EarlierDecision.of(evidence, findings, now));
    }

    /** Whether nobody counts the experiment any more. */
    static boolean isLeftOut(Verdict verdict) {
        return verdict.reasons().stream().anyMatch(reason -> reason.code().equals(Report.NOT_COUNTED));
    }

    /** Parts tell for themselves: arms that are half counted, or half read, look unequal, or unlike, for nothing. */
    private static Optional<Reason> beingCounted(Evidence evidence) {
        if (evidence.partial()) {
            return Optional.of(new Reason(
                    BEING_COUNTED,
                    "The results are still being read, or their job ended before it had said them all: these are a part"
                            + " of what is known."));
        }
        if (evidence.countedUntil() != null) {
            // The accounting is of another job.
            return Optional.empty();
        }
        Accounting accounting = evidence.accounting();
        return accounting.shareOnTheirWay() > MOST_ON_THEIR_WAY
                ? Optional.of(new Reason(
                        BEING_COUNTED,
                        String.format(
                                Locale.ROOT,
                                "%,d of %,d records received are still being counted.",
                                accounting.unsettled(),
                                accounting.received())))
                : Optional.empty();
    }

    private static VerdictInput input(Evidence evidence) {
        VerdictInput input = withoutFindings(evidence);
        for (Finding finding : findings(evidence)) {
            input = input.with(finding);
        }
        return input;
    }

    private static VerdictInput withoutFindings(Evidence evidence) {
        List<MetricEvidence> metrics = evidence.metrics().stream()
                .flatMap(m -> m.judged().stream().map(c -> evidence(evidence, m, c)))
                .toList();
        VerdictInput input =
                evidence.status() == Status.ENDED ? VerdictInput.ended(metrics) : VerdictInput.running(metrics);
        return atLevel(evidence, input);
    }

    private static VerdictInput atLevel(Evidence evidence, VerdictInput input) {
        VerdictInput atLevel = input.withAlpha(level(evidence));
        SequentialLooks looks = evidence.looks();
        if (isAlwaysValid(evidence)) {
            return atLevel.decidingEarly();
        }
        return looks == null || !looks.present()
                ? atLevel
                : atLevel.decidingEarly().withGuardrailAlpha(looks.guardrailAlpha());
    }

    /** The two-sided level of success metrics now. */
    private static double level(Evidence evidence) {
        SequentialLooks looks = evidence.looks();
        return isAlwaysValid(evidence) || looks == null || !looks.present()
                ? evidence.experiment().alpha()
                : looks.alpha();
    }

    private static List<Finding> findings(Evidence evidence) {
        List<Finding> findings = new ArrayList<>();
        Health health = evidence.health();
        findings.add(new Finding.MixedUnits(health.mixedUnits(), health.units()));
        health.sampleRatio().ifPresent(findings::add);
        Finding.Provisional provisional = evidence.provisional();
        if (provisional != null) {
            findings.add(provisional);
        }
        Information information = evidence.information();
        if (information != null) {
            boolean leftOut = evidence.metrics().stream().anyMatch(m -> m.matured() != null);
            findings.add(new Finding.ImmatureCohorts(
                    information.immature(), information.units(), information.windowHours(), leftOut));
            findings.add(new Finding.CutWindows(information.cut(), information.units(), information.windowHours()));
        }
        if (evidence.status() == Status.ENDED) {
            VerdictInput input = withoutFindings(evidence);
            findings.addAll(GuardrailPower.findings(evidence.metrics(), input.metrics(), input.guardrailAlpha()));
        }
        findings.addAll(evidence.special());
        return findings;
    }

    /**
     * No primary metric can be tested, and for lack of clusters. Time cures that only where it brings more periods. Not every such refusal is a number of clusters below a fixed one (arms may be unequal), so the sentence is
     * that of the test.
     */
    private static Optional<Reason> tooFewClusters(Evidence evidence) {
        if (evidence.experiment().periodMinutes().isPresent() && evidence.status() == Status.RUNNING) {
            return Optional.empty();
        }
        List<MetricReport> primary = evidence.metrics().stream()
                .filter(m -> m.metric().role() == Metric.Role.PRIMARY)
                .toList();
        List<Comparison> comparisons =
                primary.stream().flatMap(m -> m.comparisons().stream()).toList();
        if (comparisons.stream().anyMatch(c -> c.difference().value().isPresent())) {
            return Optional.empty();
        }
        return comparisons.stream()
                .map(Comparison::difference)
                .filter(d -> d.code().filter(TOO_FEW_CLUSTERS::equals).isPresent())
                .findFirst()
                .map(d -> new Reason(TOO_FEW_CLUSTERS, d.reason().orElseThrow()));
    }

    static boolean has(List<Finding> findings, Weight weight) {
        return findings.stream().anyMatch(f -> f.active() && f.weight() == weight);
    }

    private static boolean isAlwaysValid(Evidence evidence) {
        return evidence.experiment().monitoring() == Monitoring.ALWAYS_VALID;
    }

    /**
     * The difference that is judged. Where every day is a look it is the one with the always-valid band, at the end as
     * well: a level that is spent on watching is not there a second time. A metric without such a band is judged once.
     */
    private static Computable<Effect> judged(Evidence evidence, Comparison comparison, Role role) {
        Computable<Effect> difference = comparison.difference();
        if (isAlwaysValid(evidence)
                && difference.value().isPresent()
                && (evidence.status() != Status.ENDED
                        || comparison.anytime().value().isPresent())) {
            difference = comparison.anytime();
            return role == Role.GUARDRAIL ? difference.map(VerdictAssembler::byItsInterval) : difference;
        }
        return role == Role.GUARDRAIL ? withInterval(difference) : difference;
    }

    /** Without a standard error a margin is judged by the interval, which here holds on every day. */
    private static Effect byItsInterval(Effect effect) {
        return new Effect(effect.estimate(), 0, OptionalDouble.empty(), effect.ci(), effect.pValue());
    }

    private static MetricEvidence evidence(Evidence evidence, MetricReport metric, Comparison comparison) {
        BigDecimal margin = metric.metric().margin();
        Role role = role(metric.metric().role());
        return new MetricEvidence(
                metric.metric().id(),
                comparison.variant(),
                role,
                metric.metric().goal() == Metric.Goal.INCREASE ? Goal.INCREASE : Goal.DECREASE,
                FewUnits.<Effect>refusal(evidence.experiment(), metric, comparison, level(evidence))
                        .orElseGet(() -> judged(evidence, comparison, role)),
                metric.judgedArm(comparison.control())
                        .estimate()
                        .value()
                        .map(ArmEstimate::estimate)
                        .orElse(0.0),
                margin == null ? 0 : margin.doubleValue(),
                metric.unit().ofDifferences());
    }

    /** A test of a margin needs an interval, which a randomisation test alone does not have. */
    private static Computable<Effect> withInterval(Computable<Effect> difference) {
        return difference.flatMap(effect -> effect.ci().bounded()
                ? Computable.of(effect)
                : Computable.notComputable(
                        TOO_FEW_CLUSTERS, "There are too few clusters for an interval, which a margin needs."));
    }

    /** Primary metrics decide; secondary ones are shown and corrected, but ship nothing. */
    private static Role role(Metric.Role role) {
        return switch (role) {
            case PRIMARY -> Role.SUCCESS;
            case SECONDARY -> Role.EXPLORATORY;
            case GUARDRAIL -> Role.GUARDRAIL;
        };
    }
}
