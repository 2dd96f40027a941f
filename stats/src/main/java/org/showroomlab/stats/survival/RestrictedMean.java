package org.showroomlab.stats.survival;

import java.util.List;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;

/**
 * Restricted mean time: the area under the waiting curve up to τ, in units of time.
 *
 * <p>SE² = Σ_{t_j ≤ τ} A_j² d_j/(n_j(n_j − d_j)) with A_j the area from t_j to τ, as R's survfit. The difference of two
 * arms has a normal reference. Needs no proportional hazards.
 *
 * <p>Edges: beyond the last time the curve stays at its last value, as if it were known: {@link
 * IncidenceCurve#knownOnlyUntil} says where that begins. A difference without any spread in either arm is {@code
 * zero_variance}.
 *
 * <p>Source: Royston and Parmar (2013), doi:10.1186/1471-2288-13-152.
 *
 * @param tau up to which the time is counted
 * @param mean the restricted mean
 * @param stdError its standard error
 */
public record RestrictedMean(double tau, double mean, double stdError) {

    /** The restricted mean of one arm. */
    public static RestrictedMean of(IncidenceCurve curve, double tau) {
        if (!(tau > 0 && tau < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("tau must be finite and > 0: " + tau);
        }
        List<IncidenceCurve.Point> points = curve.points();
        double area = 0;
        double variance = 0;
        double until = tau;
        for (int j = points.size() - 1; j >= 0; j--) {
            double time = points.get(j).time();
            if (time > tau) {
                continue;
            }
            area += points.get(j).survival() * (until - time);
            until = time;
            double n = curve.table().atRisk(j);
            double d = (double) curve.table().events(j) + curve.table().competing(j);
            variance += n > d ? area * area * d / (n * (n - d)) : 0;
        }
        return new RestrictedMean(tau, area + until, Math.sqrt(variance));
    }

    /** Treatment minus control. */
    public static Computable<Effect> difference(
            RestrictedMean control, RestrictedMean treatment, Significance significance) {
        double se = Math.hypot(control.stdError, treatment.stdError);
        return se > 0
                ? Computable.of(significance.normal(treatment.mean - control.mean, se))
                : Computable.notComputable(
                        "zero_variance",
                        "Up to " + control.tau
                                + " nobody left in an arm, or all who were still in it left at once, so the difference has no"
                                + " measurable uncertainty.");
    }

    /** The interval of the mean itself. */
    public Interval interval(Significance significance) {
        double half = significance.normalQuantile() * stdError;
        return significance.opened(mean - half, mean + half);
    }
}
