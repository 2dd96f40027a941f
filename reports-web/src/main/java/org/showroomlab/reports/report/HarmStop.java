package org.showroomlab.reports.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.verdict.ArmLimits;
import org.showroomlab.stats.verdict.Decision;
import org.showroomlab.stats.verdict.Reason;
import org.showroomlab.stats.verdict.Verdict;

/**
 * Stops a group-sequential experiment early when a primary metric or a guardrail has become clearly worse: one-sided,
 * against a boundary of its own that spends more at early looks than the one for success. It is non-binding: going on
 * nevertheless costs nothing of the error rate of a later success.
 */
final class HarmStop {
    private static final String CODE = "harm_stop";
    /** What stops no test by itself must not be taken for harm by whoever goes by codes. */
    private static final String NOTED = "worse_noted";

    private HarmStop() {}

    /**
     * The verdict with what was harmed first; the same when no boundary was crossed. What got worse but is no harm to what
     * is tested, as conversion with a higher price, comes last.
     *
     * @param limits of which arms primary metrics decide
     */
    static Verdict of(Evidence evidence, Verdict verdict, boolean limited, ArmLimits limits) {
        SequentialLooks looks = evidence.looks();
        if (looks == null || !looks.present() || evidence.status() == Status.ENDED) {
            return verdict;
        }
        double boundary = looks.looks().get(looks.looks().size() - 1).harmZ();
        List<Reason> reasons = new ArrayList<>();
        List<Reason> noted = new ArrayList<>();
        List<String> harmed = new ArrayList<>();
        for (MetricReport metric : evidence.metrics()) {
            if (metric.metric().role() == Metric.Role.SECONDARY) {
                continue;
            }
            for (Comparison c : metric.judged()) {
                double z = c.difference().value().map(e -> worse(metric, e)).orElse(0.0);
                if (z > boundary) {
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
        reasons.addAll(verdict.reasons());
        reasons.addAll(noted);
        boolean all = evidence.variants().stream().allMatch(v -> v.control() || harmed.contains(v.id()));
        return new Verdict(all && !limited ? Decision.ROLL_BACK : verdict.decision(), reasons);
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
