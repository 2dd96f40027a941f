package org.showroomlab.stats.verdict;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything a verdict rests on.
 *
 * @param ended whether the experiment is over and its outcomes are in
 * @param mayDecideEarly whether the p-values are valid at an interim look (group-sequential or always-valid); with a
 *     fixed horizon nothing is decided before the end
 * @param alpha the level of the success metrics at this look; for a group-sequential look the nominal two-sided level of
 *     its boundary, 2(1 − Φ(z_k))
 * @param guardrailAlpha the one-sided level of each guardrail
 * @param metrics every metric of every treatment
 * @param findings what limits the data
 */
public record VerdictInput(
        boolean ended,
        boolean mayDecideEarly,
        double alpha,
        double guardrailAlpha,
        List<MetricEvidence> metrics,
        List<Finding> findings) {

    /** Checks the levels and copies the lists. */
    public VerdictInput {
        if (!(alpha > 0 && alpha < 1) || !(guardrailAlpha > 0 && guardrailAlpha < 1)) {
            throw new IllegalArgumentException("alpha must be in (0, 1): " + alpha + ", " + guardrailAlpha);
        }
        metrics = List.copyOf(metrics);
        findings = List.copyOf(findings);
    }

    /** A finished experiment at .05, with nothing that limits it. */
    public static VerdictInput ended(List<MetricEvidence> metrics) {
        return new VerdictInput(true, false, 0.05, 0.05, metrics, List.of());
    }

    /** A running experiment with a fixed horizon at .05. */
    public static VerdictInput running(List<MetricEvidence> metrics) {
        return new VerdictInput(false, false, 0.05, 0.05, metrics, List.of());
    }

    /** The same at another level for the success metrics. */
    public VerdictInput withAlpha(double newAlpha) {
        return new VerdictInput(ended, mayDecideEarly, newAlpha, guardrailAlpha, metrics, findings);
    }

    /** The same at another level for each guardrail. */
    public VerdictInput withGuardrailAlpha(double newAlpha) {
        return new VerdictInput(ended, mayDecideEarly, alpha, newAlpha, metrics, findings);
    }

    /** The same with p-values that hold at any look. */
    public VerdictInput decidingEarly() {
        return new VerdictInput(ended, true, alpha, guardrailAlpha, metrics, findings);
    }

    /** The same with one more finding. */
    public VerdictInput with(Finding finding) {
        List<Finding> more = new ArrayList<>(findings);
        more.add(finding);
        return new VerdictInput(ended, mayDecideEarly, alpha, guardrailAlpha, metrics, more);
    }
}
