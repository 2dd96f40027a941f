package org.showroomlab.stats.monitoring;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Boundaries for a verdict at planned looks: the one-sided level is spent over the information fractions, and z_k is
 * where the chance of crossing first at look k equals what look k may spend.
 *
 * <p>For a drop of 48 hours with a look every 6 hours: fractions k/8, O'Brien–Fleming type, one-sided .025. The harm stop
 * is the same with {@link Spending#POCOCK} on the other side, non-binding, so the two do not touch each other.
 *
 * <p>Edges: fractions must ascend within (0, 1]; a fraction at which nothing can be spent in double precision has an
 * infinite boundary.
 *
 * <p>Source: Lan and DeMets (1983), doi:10.1093/biomet/70.3.659; Jennison and Turnbull (2000), chapters 7 and 19.
 *
 * @param spending how α is spent
 * @param alpha one-sided level
 */
public record GroupSequential(Spending spending, double alpha) {

    private static final double ACCURACY = 1e-13;
    private static final double LARGEST_Z = 38;

    /** Checks the level. */
    public GroupSequential {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha must be in (0, 1): " + alpha);
        }
    }

    /** O'Brien–Fleming type at one-sided .025. */
    public static GroupSequential withDefaults() {
        return new GroupSequential(Spending.OBRIEN_FLEMING, 0.025);
    }

    /** The same boundaries at another one-sided level. */
    public GroupSequential withAlpha(double newAlpha) {
        return new GroupSequential(spending, newAlpha);
    }

    /** The same level spent otherwise. */
    public GroupSequential with(Spending newSpending) {
        return new GroupSequential(newSpending, alpha);
    }

    /**
     * The boundary of each look.
     *
     * @param z upper boundary of the z statistic
     * @param cumulativeAlpha level spent up to and with that look
     */
    public record Boundaries(List<Double> z, List<Double> cumulativeAlpha) {

        /** Copies the lists. */
        public Boundaries {
            z = List.copyOf(z);
            cumulativeAlpha = List.copyOf(cumulativeAlpha);
        }

        /** The nominal two-sided level of a look, for {@code VerdictInput.withAlpha}. */
        public double nominalTwoSidedAlpha(int look) {
            return 2 * NormalDistribution.of(0, 1).survivalProbability(z.get(look));
        }
    }

    /** The boundaries at ascending information fractions. */
    public Boundaries boundaries(double... information) {
        checked(information, 1, "information fractions must ascend within (0, 1]: ");
        return boundaries(information, information);
    }

    /**
     * The boundaries where the level is spent by one clock and the statistics are correlated by another: what will be known
     * at the end need not be known then.
     *
     * <p>Source: Lan and DeMets (1989), Group sequential procedures: calendar versus information time, Statistics in Medicine
     * 8, 1191–1198.
     *
     * @param spendingTimes share of the level's clock at each look, ascending within (0, 1]
     * @param information at each look in any one unit, as the units counted; ascending, positive
     */
    public Boundaries boundaries(double[] spendingTimes, double[] information) {
        checked(spendingTimes, 1, "spending times must ascend within (0, 1]: ");
        checked(information, Double.MAX_VALUE, "information must be positive and ascend: ");
        if (spendingTimes.length != information.length) {
            throw new IllegalArgumentException(
                    "a look has a spending time and information: " + spendingTimes.length + ", " + information.length);
        }
        List<Double> z = new ArrayList<>();
        List<Double> spent = new ArrayList<>();
        RepeatedLooks looks = new RepeatedLooks();
        double before = 0;
        for (int i = 0; i < information.length; i++) {
            double share = information[i] / information[information.length - 1];
            double cumulative = spending.cumulative(spendingTimes[i], alpha);
            double bound = bound(looks, share, cumulative - before);
            looks.advance(Double.NEGATIVE_INFINITY, bound, share);
            z.add(bound);
            spent.add(cumulative);
            before = cumulative;
        }
        return new Boundaries(z, spent);
    }

    private static double bound(RepeatedLooks looks, double t, double mayBeSpent) {
        if (!(mayBeSpent > Math.max(looks.above(LARGEST_Z, t), Double.MIN_NORMAL))) {
            return Double.POSITIVE_INFINITY;
        }
        return new BrentSolver(ACCURACY, ACCURACY, 1e-300)
                .solve(
                        500,
                        z -> Math.log(Math.max(looks.above(z, t), Double.MIN_NORMAL) / mayBeSpent),
                        -LARGEST_Z / 4,
                        LARGEST_Z);
    }

    private static void checked(double[] ascending, double largest, String otherwise) {
        double previous = 0;
        for (double t : ascending) {
            if (!(t > previous && t <= largest)) {
                throw new IllegalArgumentException(otherwise + t);
            }
            previous = t;
        }
    }
}
