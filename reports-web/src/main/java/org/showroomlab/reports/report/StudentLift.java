package org.showroomlab.reports.report;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.arms.RelativeLift;

/**
 * The relative lift of arms with few clusters. A log ratio takes its critical value from the normal distribution, which is
 * too small for a dozen clusters; at the level whose normal critical value is that of Student's t with the difference's
 * degrees of freedom, both scales agree.
 */
final class StudentLift {
    private StudentLift() {}

    static Computable<RelativeEffect> of(
            Significance significance, ArmEstimate control, ArmEstimate treatment, Effect absolute) {
        double level = level(significance, absolute);
        if (!(level > 0)) {
            return Computable.notComputable(
                    "too_few_clusters", "With hardly a degree of freedom a relative difference has no interval.");
        }
        RelativeLift lift = new RelativeLift(significance.withAlpha(level), RelativeLift.Method.LOG_RATIO);
        return MetricMethod.guarded(() -> lift.lift(control, treatment, absolute));
    }

    private static double level(Significance significance, Effect absolute) {
        if (absolute.df().isEmpty()) {
            return significance.alpha();
        }
        double critical =
                TDistribution.of(absolute.df().getAsDouble()).inverseSurvivalProbability(significance.alphaPerEnd());
        return 2 * NormalDistribution.of(0, 1).survivalProbability(critical);
    }
}
