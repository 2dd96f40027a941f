package org.showroomlab.stats.many;

import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.Proportion;

/**
 * How many experiments a programme finished, how many of them shipped, and how fast: what needs no effect and no prior.
 *
 * @param finished experiments, > 0
 * @param shipped of those
 * @param days in which they were run, > 0
 */
public record ProgrammePace(int finished, int shipped, double days) {

    /** Checks the ranges. */
    public ProgrammePace {
        if (!(finished > 0 && shipped >= 0 && shipped <= finished)) {
            throw new IllegalArgumentException(
                    "need 0 <= shipped <= finished and finished > 0: " + shipped + " of " + finished);
        }
        if (!(days > 0 && days < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("days must be finite and > 0: " + days);
        }
    }

    /** The pace, which there is none of before the first experiment is finished. */
    public static Computable<ProgrammePace> of(int finished, int shipped, double days) {
        return finished == 0
                ? Computable.notComputable("not_enough_data", "No experiment is finished yet.")
                : Computable.of(new ProgrammePace(finished, shipped, days));
    }

    /** Share that shipped. */
    public double winRate() {
        return (double) shipped / finished;
    }

    /** Wilson's interval of that share. */
    public Interval winRateInterval() {
        return new Proportion(finished, shipped).wilson(Significance.DEFAULT);
    }

    /** Finished experiments per 30 days. */
    public double perThirtyDays() {
        return 30 * finished / days;
    }
}
