package org.showroomlab.reports.special;

import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;

/** A level with its standard error and interval. */
public record Estimated(double estimate, double stdError, Interval ci) {
    /** The same of an effect. */
    public static Estimated of(Effect effect) {
        return new Estimated(effect.estimate(), effect.stdError(), effect.ci());
    }

    /** With its interval inside what a share can be. */
    public Estimated asShare() {
        return new Estimated(estimate, stdError, new Interval(Math.max(0, ci.low()), Math.min(1, ci.high())));
    }
}
