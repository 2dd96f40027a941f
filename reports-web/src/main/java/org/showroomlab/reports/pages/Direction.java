package org.showroomlab.reports.pages;

import org.showroomlab.ingest.experiment.Metric.Goal;
import org.showroomlab.reports.report.Comparison;
import org.showroomlab.stats.Interval;

/** What a comparison says, given which direction is wanted; told by word and shape, and by colour only beside them. */
public enum Direction {
    BETTER("better", "good"),
    WORSE("worse", "bad"),
    UNCLEAR("no clear change", "unclear"),
    /** Clear by its own test, which the data cannot carry. */
    DISTRUSTED("not to be trusted", "unclear");

    private final String word;
    private final String tone;

    Direction(String word, String tone) {
        this.word = word;
        this.tone = tone;
    }

    public String word() {
        return word;
    }

    /** The style class. */
    public String tone() {
        return tone;
    }

    /** The same where the data may not carry any verdict. */
    static Direction of(Comparison comparison, Goal goal, double alpha, boolean blocked) {
        Direction direction = of(comparison, goal, alpha);
        return blocked && direction != UNCLEAR ? DISTRUSTED : direction;
    }

    /** Only what is still clear after the correction for how much was asked has a direction. */
    private static Direction of(Comparison comparison, Goal goal, double alpha) {
        Double p = comparison.pValueAdjusted();
        return p != null && p > alpha
                ? UNCLEAR
                : comparison
                        .difference()
                        .value()
                        .map(e -> of(p != null && isUnbounded(e.ci()) ? around(e.estimate()) : e.ci(), goal))
                        .orElse(UNCLEAR);
    }

    /** A test by randomisation alone has no interval: where its p-value is clear, the estimate's sign is the direction. */
    private static boolean isUnbounded(Interval ci) {
        return Double.isInfinite(ci.low()) && Double.isInfinite(ci.high());
    }

    private static Interval around(double estimate) {
        return new Interval(estimate, estimate);
    }

    private static Direction of(Interval ci, Goal goal) {
        if (ci.low() > 0) {
            return goal == Goal.INCREASE ? BETTER : WORSE;
        }
        if (ci.high() < 0) {
            return goal == Goal.DECREASE ? BETTER : WORSE;
        }
        return UNCLEAR;
    }
}
