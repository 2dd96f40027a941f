package org.showroomlab.reports.report;

import java.math.BigInteger;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.jobs.results.UnitStatistic.Sum;

/**
 * How much one arm's number rests on, for metrics of visitors.
 *
 * @param units how many there are; where the number divides, as many that have equally much to divide by say as much as these
 *     do: (Σd)² / Σd², after Kish (1965), Survey Sampling
 * @param carriers at most so many in effect make the number what it is, likewise: those with any value, or with the rarer kind
 *     of events of a share. Values that may be negative cancel, so of those it is their events
 */
record Basis(double units, double carriers) {
    static Basis of(Metric metric, ArmSums arm) {
        return switch (metric.type()) {
            case MEAN -> new Basis(arm.n(), carrying(metric, arm));
            case RATIO -> new Basis(inEffect(arm.of(Sum.D), arm.of(Sum.DD)), carrying(metric, arm));
            case SHARE -> new Basis(inEffect(arm.of(Sum.D), arm.of(Sum.DD)), rarerKind(arm));
            case PROPORTION, QUANTILE -> new Basis(arm.n(), arm.n());
        };
    }

    private static double carrying(Metric metric, ArmSums arm) {
        double units = metric.measure().canBeNegative() ? arm.events() : inEffect(arm.of(Sum.Y), arm.of(Sum.YY));
        return Math.min((double) arm.events(), units);
    }

    private static double rarerKind(ArmSums arm) {
        BigInteger good = arm.of(Sum.Y);
        BigInteger bad = arm.of(Sum.D).subtract(good);
        return good.compareTo(bad) <= 0
                ? inEffect(good, arm.of(Sum.YY))
                : inEffect(
                        bad,
                        arm.of(Sum.DD).subtract(arm.of(Sum.YD).shiftLeft(1)).add(arm.of(Sum.YY)));
    }

    private static double inEffect(BigInteger sum, BigInteger squares) {
        return squares.signum() <= 0 ? 0 : Math.pow(sum.doubleValue(), 2) / squares.doubleValue();
    }
}
