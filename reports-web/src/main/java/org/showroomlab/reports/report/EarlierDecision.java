package org.showroomlab.reports.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.showroomlab.reports.store.RecordedLook;
import org.showroomlab.stats.verdict.ArmLimits;
import org.showroomlab.stats.verdict.Decision;
import org.showroomlab.stats.verdict.Finding;
import org.showroomlab.stats.verdict.Finding.Weight;
import org.showroomlab.stats.verdict.Reason;
import org.showroomlab.stats.verdict.Verdict;

/**
 * What an earlier look of a group-sequential experiment has decided. A boundary that was crossed stays crossed; what limits
 * the data may still forbid to act on it, and so may harm that was seen since. A look that asked for a person asks until
 * the next one.
 */
final class EarlierDecision {
    /** The code of a decision that an earlier look has made. */
    static final String CROSSED = "boundary_crossed";

    /** Reasons to wait, which are none where something is decided. */
    private static final Set<String> WAITS = Set.of("not_enough_data", "not_ended", "peeking");

    private static final Set<String> HARMS = Set.of("harm_stop", "guardrail_harmed", "success_harmed");

    private EarlierDecision() {}

    /**
     * The verdict with what was decided before.
     *
     * @param now what the present report says by itself
     */
    static Verdict of(Evidence evidence, List<Finding> findings, Verdict now) {
        SequentialLooks looks = evidence.looks();
        boolean limited =
                VerdictAssembler.has(findings, Weight.BLOCKS) || VerdictAssembler.has(findings, Weight.POSTPONES);
        if (looks == null || evidence.status() == Status.ENDED || limited || now.decision() == Decision.ROLL_BACK) {
            return now;
        }
        RecordedLook decided = looks.decided();
        RecordedLook asking = looks.present() ? null : looks.asking();
        if (decided == null) {
            return asking == null ? now : with(Decision.REVIEW, asked(asking), now);
        }
        boolean harmed = decided.rollsBack() && decided.harmedGuardrail();
        if (VerdictAssembler.has(findings, Weight.LEAVES_OPEN) && !harmed) {
            return now;
        }
        ArmLimits limits = ArmLimits.of(findings);
        if (decided.rollsBack()) {
            boolean stands = harmed || treatments(evidence).stream().allMatch(limits::mayRollBack);
            return with(stands ? Decision.ROLL_BACK : Decision.REVIEW, crossed(decided, stands), now);
        }
        boolean doubted = asking != null
                || VerdictAssembler.has(findings, Weight.NEEDS_REVIEW)
                || VerdictAssembler.has(findings, Weight.DISTORTS)
                || !stillShips(decided, evidence, limits)
                || now.reasons().stream().anyMatch(reason -> isHarm(reason, shipping(decided, evidence)));
        return with(doubted ? Decision.REVIEW : Decision.SHIP, crossed(decided, !doubted), now);
    }

    /** The variants that ship by an earlier look; all treatments where it is not known which. */
    static Collection<String> shipping(RecordedLook decided, Evidence evidence) {
        return decided.shipped().isEmpty() ? treatments(evidence) : decided.shipped();
    }

    /** Where it is not known which arm was to ship, nothing may be known against any. */
    private static boolean stillShips(RecordedLook decided, Evidence evidence, ArmLimits limits) {
        List<String> treatments = treatments(evidence);
        return decided.shipped().isEmpty()
                ? treatments.stream().allMatch(arm -> limits.mayShip(List.of(arm)))
                : limits.mayShip(decided.shipped());
    }

    private static boolean isHarm(Reason reason, Collection<String> shipping) {
        return HARMS.contains(reason.code()) && (reason.variant() == null || shipping.contains(reason.variant()));
    }

    private static List<String> treatments(Evidence evidence) {
        return evidence.variants().stream()
                .filter(v -> !v.control())
                .map(Report.VariantUnits::id)
                .toList();
    }

    private static Reason crossed(RecordedLook decided, boolean stands) {
        return new Reason(
                CROSSED,
                "The look as of " + decided.asOf() + " crossed its boundary, "
                        + (stands
                                ? "and its decision stands."
                                : "but what is known now speaks against its decision (" + decided.decision() + ")."));
    }

    private static Reason asked(RecordedLook asking) {
        return new Reason(
                "review_asked",
                "The look as of " + asking.asOf() + " asked for a person to decide, and there has been none since.");
    }

    /** That decision, with what was said before behind its reason. */
    static Verdict with(Decision decision, Reason first, Verdict rest) {
        List<Reason> reasons = new ArrayList<>(List.of(first));
        rest.reasons().stream().filter(r -> !WAITS.contains(r.code())).forEach(reasons::add);
        return new Verdict(decision, reasons);
    }
}
