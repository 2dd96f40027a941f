package org.showroomlab.stats.design;

import org.apache.commons.statistics.distribution.TDistribution;
import org.showroomlab.stats.Computable;

/**
 * Power when clusters are randomised: n is the number of clusters per arm, k.
 *
 * <p>DEFF = 1 + ((cv² + 1)m − 1)·ICC; noncentral t with 2(k − 1) degrees of freedom and noncentrality δ/√(2σ²·DEFF/(k·m)).
 * Both tails of a two-sided test count: with few clusters the wrong one is not negligible. As m grows DEFF/m tends to (cv² + 1)·ICC: beyond some traffic only more clusters help.
 *
 * <p>Source: Kish (1965); Eldridge, Ashby and Kerry (2006), doi:10.1093/ije/dyl129.
 *
 * @param sd standard deviation of a visit
 * @param m mean visits per cluster
 * @param icc intracluster correlation, in [0, 1]
 * @param cv coefficient of variation of the cluster sizes
 * @param level level and sides
 */
public record ClusterPower(double sd, double m, double icc, double cv, PlannedLevel level) implements PowerCurve {

    /** Checks the ranges. */
    public ClusterPower {
        if (!(sd > 0) || !(m > 0) || !(icc >= 0 && icc <= 1) || !(cv >= 0)) {
            throw new IllegalArgumentException(
                    "need sd > 0, m > 0, icc in [0, 1], cv >= 0: " + sd + ", " + m + ", " + icc + ", " + cv);
        }
    }

    /** The factor by which clustering inflates the variance of a mean. */
    public double designEffect() {
        return 1 + ((cv * cv + 1) * m - 1) * icc;
    }

    @Override
    public double power(double clustersPerArm, double effect) {
        return power(clustersPerArm, effect, designEffect() / m);
    }

    private double power(double clustersPerArm, double effect, double inflationPerVisit) {
        double df = 2 * (clustersPerArm - 1);
        double critical = TDistribution.of(df).inverseSurvivalProbability(level.perSide());
        double se = sd * Math.sqrt(2 * inflationPerVisit / clustersPerArm);
        double noncentrality = Math.abs(effect) / se;
        double wrongTail = level.sides() == 2 ? NoncentralT.survival(critical, df, -noncentrality) : 0;
        return NoncentralT.survival(critical, df, noncentrality) + wrongTail;
    }

    /** The whole number of clusters per arm that reaches a power. */
    public Computable<Integer> clustersFor(double effect, double power) {
        return sizeFor(effect, power).map(k -> (int) Math.ceil(k - 1e-9));
    }

    /** The power that no amount of traffic in these clusters can exceed. */
    public double powerWithUnlimitedTraffic(double clustersPerArm, double effect) {
        return icc == 0 ? 1 : power(clustersPerArm, effect, (cv * cv + 1) * icc);
    }

    @Override
    public double smallestN() {
        return 2;
    }

    @Override
    public double largestEffect() {
        return 1e9 * sd;
    }

    @Override
    public double unitOfEffect() {
        return sd;
    }
}
