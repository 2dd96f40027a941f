package org.showroomlab.reports.report;

import java.math.BigInteger;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.jobs.results.UnitStatistic.Sum;

/**
 * How much one arm's number rests on, for metrics of visitors.
 *
 * @param units how many there are; where the number divides, as many that have equally much to divide by say as much as these
 *     do: (Σd)² / Σd², after Kish (1965), Survey Sampling
 * @param carriers at most so many make the number what it is: those with any value, or the rarer kind of events of a share
 */
record Basis(double units, double carriers) {
    static Basis of(Metric metric, ArmSums arm) {
        return switch (metric.type()) {
            case MEAN -> new Basis(arm.n(), arm.events());
            case RATIO -> new Basis(dividing(arm), arm.events());
            case SHARE -> {
                double good = arm.of(Sum.Y).doubleValue();
                yield new Basis(dividing(arm), Math.min(good, arm.of(Sum.D).doubleValue() - good));
            }
            case PROPORTION, QUANTILE -> new Basis(arm.n(), arm.n());
        };
    }

    private static double dividing(ArmSums arm) {
        BigInteger squares = arm.of(Sum.DD);
        double sum = arm.of(Sum.D).doubleValue();
        return squares.signum() == 0 ? 0 : sum * sum / squares.doubleValue();
    }
}
