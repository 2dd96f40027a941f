package org.showroomlab.stats.survival;

import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;

/**
 * Pointwise intervals of a waiting curve on a transformed scale, as R's survfit. {@code LOG}: S·exp(±z·SE/S), cut at 1.
 * {@code LOG_LOG}: S^exp(±z·SE/(S ln S)), inside [0, 1] by itself.
 *
 * <p>Edges: nobody has left yet gives [1, 1]; at 0 there is no interval.
 */
public enum CurveInterval {
    /** On the log scale. */
    LOG {
        @Override
        Interval between(double s, double error) {
            return new Interval(s * Math.exp(-error), Math.min(1, s * Math.exp(error)));
        }
    },
    /** On the scale of the log hazard. */
    LOG_LOG {
        @Override
        Interval between(double s, double error) {
            double width = error / Math.abs(Math.log(s));
            return new Interval(Math.pow(s, Math.exp(width)), Math.pow(s, Math.exp(-width)));
        }
    };

    abstract Interval between(double survival, double zTimesRelativeError);

    /** The interval of one point. */
    public Computable<Interval> of(IncidenceCurve.Point point, Significance significance) {
        if (point.survivalStdError().isEmpty()) {
            return Computable.notComputable("curve_at_zero", "Nobody is waiting any more.");
        }
        double s = point.survival();
        if (s >= 1) {
            return Computable.of(new Interval(1, 1));
        }
        double error = significance.normalQuantile() * point.survivalStdError().getAsDouble() / s;
        return Computable.of(between(s, error));
    }
}
