package org.showroomlab.stats.price;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.regression.Family;
import org.showroomlab.stats.regression.GeneralizedLinearModel;

/** A binomial model of conversion with one row per tested price. */
final class DemandModel {

    private DemandModel() {}

    static Computable<GeneralizedLinearModel> fit(List<PriceArm> arms, Family family, DoubleUnaryOperator regressor) {
        if (arms.stream().mapToDouble(PriceArm::price).distinct().count() < 2) {
            return Computable.notComputable("equal_prices", "A demand curve needs two different prices.");
        }
        if (arms.stream().mapToLong(PriceArm::buyers).sum() == 0) {
            return Computable.notComputable("no_sales", "Nobody bought at any price.");
        }
        double[][] rows = arms.stream()
                .map(a -> new double[] {1, regressor.applyAsDouble(a.price())})
                .toArray(double[][]::new);
        double[] y = arms.stream().mapToDouble(PriceArm::conversion).toArray();
        double[] n = arms.stream().mapToDouble(PriceArm::visitors).toArray();
        return GeneralizedLinearModel.fit(rows, y, n, family);
    }
}
