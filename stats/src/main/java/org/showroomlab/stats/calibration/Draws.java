package org.showroomlab.stats.calibration;

import java.math.BigDecimal;
import java.util.random.RandomGenerator;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.DecimalSums;
import org.showroomlab.stats.arms.Proportion;

/** Simulated data of the kinds that showrooms produce. */
final class Draws {

    private Draws() {}

    static Proportion conversions(RandomGenerator random, int n, double rate) {
        int x = 0;
        for (int i = 0; i < n; i++) {
            x += random.nextDouble() < rate ? 1 : 0;
        }
        return new Proportion(n, x);
    }

    /** Revenue per visitor: mostly nothing, else log-normal with a heavy tail. */
    static ArmMoments revenue(RandomGenerator random, int n, double rate, double factor) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double value = random.nextDouble() < rate ? factor * Math.exp(3 + random.nextGaussian()) : 0;
            sum += value;
            squares += value * value;
        }
        return ArmMoments.ofSums(n, sum, squares);
    }

    /** Baskets: items per visitor and their value, which hang together. */
    static ArmMoments baskets(RandomGenerator random, int n, double pricePerItem) {
        double y = 0;
        double yy = 0;
        double d = 0;
        double dd = 0;
        double yd = 0;
        for (int i = 0; i < n; i++) {
            double items = 1 + Math.floor(-2 * Math.log(1 - random.nextDouble()));
            double value = items * pricePerItem * (1 + 0.5 * random.nextGaussian());
            y += value;
            yy += value * value;
            d += items;
            dd += items * items;
            yd += value * items;
        }
        return ArmMoments.ofDecimal(
                DecimalSums.ofRatio(n, decimal(y), decimal(yy), decimal(d), decimal(dd), decimal(yd)));
    }

    /** An outcome with its value before the experiment, correlation .7. */
    static ArmMoments withHistory(RandomGenerator random, int n, double shift) {
        double y = 0;
        double yy = 0;
        double x = 0;
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < n; i++) {
            double before = Math.exp(0.5 * random.nextGaussian());
            double after = shift + before + 0.6 * random.nextGaussian();
            y += after;
            yy += after * after;
            x += before;
            xx += before * before;
            xy += before * after;
        }
        return ArmMoments.ofDecimal(
                DecimalSums.ofMeanWithCovariate(n, decimal(y), decimal(yy), decimal(x), decimal(xx), decimal(xy)));
    }

    static BigDecimal decimal(double value) {
        return new BigDecimal(value);
    }
}
