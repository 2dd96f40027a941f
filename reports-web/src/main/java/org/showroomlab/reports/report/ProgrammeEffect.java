package org.showroomlab.reports.report;

import org.showroomlab.ingest.experiment.Metric.Goal;

/**
 * The effect of one finished experiment on a scale that all experiments share, whatever their metrics count.
 *
 * @param metric its first primary metric
 * @param variant the treatment
 * @param goal of the metric
 * @param benefit ln(treatment / control), with its sign turned where less is better, so that positive is better
 * @param stdError of the benefit, > 0
 */
public record ProgrammeEffect(String metric, String variant, Goal goal, double benefit, double stdError) {

    /** Checks the numbers; NaN is refused. */
    public ProgrammeEffect {
        if (!Double.isFinite(benefit)) {
            throw new IllegalArgumentException("benefit must be finite: " + benefit);
        }
        if (!(stdError > 0 && stdError < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("stdError must be finite and > 0: " + stdError);
        }
    }

    /** The relative change of the metric that the benefit is. */
    public double change() {
        return change(benefit);
    }

    /** The relative change of the metric, up or down as the metric itself goes, at another benefit. */
    public double change(double otherBenefit) {
        return Math.expm1(goal == Goal.INCREASE ? otherBenefit : -otherBenefit);
    }
}
