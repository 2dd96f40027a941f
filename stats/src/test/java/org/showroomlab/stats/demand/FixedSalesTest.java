package org.showroomlab.stats.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

class FixedSalesTest {
    private static double independent(double p, long n) {
        return p * (1 - p) / n;
    }

    @Test
    void nothingChangesWhereNothingRanOut() {
        assertThat(new FixedSales(100, 20, 0).variance(0.2, 0.0016)).isEqualTo(0.0016);
        assertThat(new FixedSales(0, 0, 1).variance(0, 0.5)).isEqualTo(0.5);
        assertThat(new FixedSales(100, 0, 1).variance(0, 0.5)).isEqualTo(0.5);
    }

    @Test
    void whereEverythingRanOutOnlyTheVisitorsVary() {
        assertThat(new FixedSales(500, 60, 1).variance(0.12, independent(0.12, 500)))
                .isCloseTo(0.12 * 0.12 / 500, within(1e-15));
        // more than half of the visitors bought: their number matters more than whether each buys
        assertThat(new FixedSales(100, 90, 1).variance(0.9, independent(0.9, 100)))
                .isCloseTo(0.81 / 100, within(1e-15));
    }

    /** Two places by hand: 30 of 100 open, 20 of 60 all there was; residuals of Y − 50/160. */
    @Test
    void placesAddUp() {
        double share = 50 / 160.0;
        double open = 30 * (1 - share) * (1 - share) + 70 * share * share;
        double soldOut = 60 * share * share;
        assertThat(new FixedSales(160, 50, 0.4).variance(share, independent(share, 160)))
                .isCloseTo((open + soldOut) / (160.0 * 160), within(1e-15));
        // the same of pick-ups, 40 of the 50: what the 20 do is left to chance
        double pickedUp = 40 / 160.0;
        open = 24 * (1 - pickedUp) * (1 - pickedUp) + 76 * pickedUp * pickedUp;
        soldOut = 20 * 0.8 * 0.2 + 60 * pickedUp * pickedUp;
        assertThat(new FixedSales(160, 50, 0.4).variance(pickedUp, independent(pickedUp, 160)))
                .isCloseTo((open + soldOut) / (160.0 * 160), within(1e-15));
    }

    @Test
    void neverBelowThePartOfTheVisitors() {
        assertThat(new FixedSales(1000, 10, 1).variance(2, 1e-9)).isEqualTo(4.0 / 1000);
    }

    /** A place that surely sells out and one that surely does not: the spread is the one that is computed. */
    @Test
    void isTheSpreadOfSimulatedDrops() {
        RandomGenerator random = new Well19937c(20261128L);
        PoissonDistribution visitors = new PoissonDistribution(
                random, 200, PoissonDistribution.DEFAULT_EPSILON, PoissonDistribution.DEFAULT_MAX_ITERATIONS);
        int drops = 20_000;
        double sum = 0;
        double squares = 0;
        double computed = 0;
        double naive = 0;
        for (int i = 0; i < drops; i++) {
            int open = visitors.sample();
            int limited = visitors.sample();
            int sold = new BinomialDistribution(random, open, 0.2).sample();
            int pieces = Math.min(15, new BinomialDistribution(random, limited, 0.3).sample());
            int buyers = sold + pieces;
            int pickedUp = new BinomialDistribution(random, buyers, 0.7).sample();
            int all = open + limited;
            double share = (double) pickedUp / all;
            sum += share;
            squares += share * share;
            naive += independent(share, all);
            computed += new FixedSales(all, buyers, (double) pieces / buyers).variance(share, independent(share, all));
        }
        double spread = (squares - sum * sum / drops) / (drops - 1);
        // a variance of so many has a relative standard error of 1 %
        assertThat(computed / drops / spread).isBetween(0.96, 1.04);
        assertThat(naive / drops / spread).isGreaterThan(1.08);
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> new FixedSales(10, 11, 0)).hasMessageContaining("buyers <= visitors");
        assertThatThrownBy(() -> new FixedSales(10, 5, Double.NaN)).hasMessageContaining("share in [0, 1]");
    }
}
