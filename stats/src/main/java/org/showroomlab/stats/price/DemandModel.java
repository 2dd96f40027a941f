package org.showroomlab.stats.price;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.regression.Family;
import org.showroomlab.stats.regression.GeneralizedLinearModel;

/**
 * A binomial model of conversion with one row per tested price.
 *
 * <p>Whether its likelihood has a finite maximum is decided by who bought where, not by the size of what a fit gives.
 * Logit link: it has one unless a price separates buyers from others, so that on either side everybody or nobody bought.
 * Log link: it has one when some bought at two prices, or at one inside the tested ones. A maximum at a conversion of 1 is
 * finite, but the information there says nothing of its uncertainty; it is refused here where fewer than two prices keep the
 * fit from it, and by {@link GeneralizedLinearModel} otherwise.
 *
 * <p>Source: Albert and Anderson (1984), doi:10.1093/biomet/71.1.1.
 */
final class DemandModel {

    private DemandModel() {}

    static Computable<GeneralizedLinearModel> fit(List<PriceArm> arms, Family family, DoubleUnaryOperator regressor) {
        if (arms.stream().mapToDouble(PriceArm::price).distinct().count() < 2) {
            return Computable.notComputable("equal_prices", "A demand curve needs two different prices.");
        }
        if (arms.stream().mapToLong(PriceArm::buyers).sum() == 0) {
            return Computable.notComputable("no_sales", "Nobody bought at any price.");
        }
        if (arms.stream().allMatch(a -> a.buyers() == a.visitors())) {
            return Computable.notComputable("zero_variance", "Everybody bought at every price.");
        }
        OptionalDouble cut = family == Family.BINOMIAL_LOGIT ? separating(arms) : onlySale(arms);
        if (cut.isPresent()) {
            return Computable.notComputable(
                    "no_convergence",
                    "On either side of the price " + cut.getAsDouble()
                            + " everybody or nobody bought, so that no finite slope fits best.");
        }
        DoubleSummaryStatistics left = prices(arms, a -> a.buyers() < a.visitors());
        if (family == Family.BINOMIAL_LOG && left.getMin() == left.getMax()) {
            return Computable.notComputable(
                    "no_convergence",
                    "Everybody bought at all prices but " + left.getMin()
                            + ", so that the best fit is at a conversion of 1, where nothing says how uncertain it is.");
        }
        double[][] rows = arms.stream()
                .map(a -> new double[] {1, regressor.applyAsDouble(a.price())})
                .toArray(double[][]::new);
        double[] y = arms.stream().mapToDouble(PriceArm::conversion).toArray();
        double[] n = arms.stream().mapToDouble(PriceArm::visitors).toArray();
        return GeneralizedLinearModel.fit(rows, y, n, family);
    }

    /** A price with all buyers on one side and all others on the other; both may meet at the price itself. */
    private static OptionalDouble separating(List<PriceArm> arms) {
        DoubleSummaryStatistics bought = prices(arms, a -> a.buyers() > 0);
        DoubleSummaryStatistics left = prices(arms, a -> a.buyers() < a.visitors());
        if (bought.getMax() <= left.getMin()) {
            return OptionalDouble.of(bought.getMax());
        }
        return left.getMax() <= bought.getMin() ? OptionalDouble.of(left.getMax()) : OptionalDouble.empty();
    }

    /** The only price at which anybody bought, when it is the lowest or the highest. */
    private static OptionalDouble onlySale(List<PriceArm> arms) {
        DoubleSummaryStatistics bought = prices(arms, a -> a.buyers() > 0);
        DoubleSummaryStatistics all = prices(arms, a -> true);
        double price = bought.getMin();
        return price == bought.getMax() && (price == all.getMin() || price == all.getMax())
                ? OptionalDouble.of(price)
                : OptionalDouble.empty();
    }

    private static DoubleSummaryStatistics prices(List<PriceArm> arms, Predicate<PriceArm> which) {
        return arms.stream().filter(which).mapToDouble(PriceArm::price).summaryStatistics();
    }
}
