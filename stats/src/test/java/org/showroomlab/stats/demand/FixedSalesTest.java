package org.showroomlab.stats.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;

class FixedSalesTest {
    private static double independent(double p, long n) {
        return p * (1 - p) / n;
    }

    private static FixedSales all(long visitors, long buyers) {
        return new FixedSales(visitors, buyers, 1, 1);
    }

    @Test
    void nothingChangesWhereNothingRanOut() {
        assertThat(FixedSales.unlimited(100, 20).variance(0.2, 0.0016)).isEqualTo(0.0016);
        assertThat(all(0, 0).variance(0, 0.5)).isEqualTo(0.5);
        assertThat(all(100, 0).variance(0, 0.5)).isEqualTo(0.5);
        assertThat(FixedSales.of(100, 20, List.of(), OptionalDouble.empty()).isUnlimited())
                .isTrue();
    }

    @Test
    void whereEverythingRanOutOnlyTheVisitorsVary() {
        assertThat(all(500, 60).variance(0.12, independent(0.12, 500))).isCloseTo(0.12 * 0.12 / 500, within(1e-15));
        // more than half of the visitors bought: their number matters more than whether each buys
        assertThat(all(100, 90).variance(0.9, independent(0.9, 100))).isCloseTo(0.81 / 100, within(1e-15));
    }

    /** Two places by hand: 30 of 100 open, 20 of 60 all there was; residuals of Y − 50/160. */
    @Test
    void placesAddUp() {
        FixedSales sales = FixedSales.of(
                160,
                50,
                List.of(
                        new FixedSales.Place(100, 30, OptionalLong.empty(), false),
                        new FixedSales.Place(60, 20, OptionalLong.of(20), true)),
                OptionalDouble.empty());
        assertThat(sales).isEqualTo(new FixedSales(160, 50, 0.4, 0.4));
        double share = 50 / 160.0;
        double open = 30 * (1 - share) * (1 - share) + 70 * share * share;
        double soldOut = 60 * share * share;
        assertThat(sales.variance(share, independent(share, 160)))
                .isCloseTo((open + soldOut) / (160.0 * 160), within(1e-15));
        // the same of pick-ups, 40 of the 50: what the 20 do is left to chance
        double pickedUp = 40 / 160.0;
        open = 24 * (1 - pickedUp) * (1 - pickedUp) + 76 * pickedUp * pickedUp;
        soldOut = 20 * 0.8 * 0.2 + 60 * pickedUp * pickedUp;
        assertThat(sales.variance(pickedUp, independent(pickedUp, 160)))
                .isCloseTo((open + soldOut) / (160.0 * 160), within(1e-15));
    }

    /** Moments of min(D, pieces) and D, D ~ Poisson(0.3 · 40), by summing over D. */
    @Test
    void aLimitThatMayOrMayNotBeReached() {
        for (int pieces : new int[] {0, 1, 2, 11, 12, 30, 1_000}) {
            double mean = 0;
            double square = 0;
            double product = 0;
            double p = Math.exp(-12);
            for (int d = 0; d < 200; d++) {
                double sold = Math.min(d, pieces);
                mean += p * sold;
                square += p * sold * sold;
                product += p * sold * d;
                p *= 12.0 / (d + 1);
            }
            FixedSales sales = FixedSales.of(
                    40,
                    10,
                    List.of(new FixedSales.Place(40, 10, OptionalLong.of(pieces), false)),
                    OptionalDouble.of(0.3));
            assertThat(sales.variancePart())
                    .as("%d pieces", pieces)
                    .isCloseTo(Math.min(1, (mean - (square - mean * mean)) / 10), within(1e-9));
            assertThat(sales.covariancePart())
                    .as("%d pieces", pieces)
                    .isCloseTo(Math.min(1, (mean - (product - 12 * mean)) / 10), within(1e-9));
        }
    }

    @Test
    void neverBelowThePartOfTheVisitors() {
        assertThat(all(1000, 10).variance(2, 1e-9)).isEqualTo(4.0 / 1000);
    }

    /** Shares of many simulated drops: how they spread, and the variances that are computed for them. */
    private static final class Drops {
        private static final int COUNT = 20_000;

        private final RandomGenerator random;
        private final PoissonDistribution visitors;
        private final SummaryStatistics shares = new SummaryStatistics();
        private final SummaryStatistics computed = new SummaryStatistics();
        private final SummaryStatistics naive = new SummaryStatistics();

        Drops(long seed, double visitorsPerPlace) {
            random = new Well19937c(seed);
            visitors = new PoissonDistribution(
                    random,
                    visitorsPerPlace,
                    PoissonDistribution.DEFAULT_EPSILON,
                    PoissonDistribution.DEFAULT_MAX_ITERATIONS);
        }

        int visitors() {
            return visitors.sample();
        }

        int of(int n, double p) {
            return new BinomialDistribution(random, n, p).sample();
        }

        void add(int did, int all, FixedSales sales) {
            double share = (double) did / all;
            shares.addValue(share);
            computed.addValue(sales.variance(share, independent(share, all)));
            naive.addValue(independent(share, all));
        }

        double computedOverTrue() {
            return computed.getMean() / shares.getVariance();
        }

        double naiveOverTrue() {
            return naive.getMean() / shares.getVariance();
        }
    }

    /** A place that surely sells out and one that surely does not: the spread is the one that is computed. */
    @Test
    void isTheSpreadOfSimulatedDrops() {
        Drops drops = new Drops(20261128, 200);
        for (int i = 0; i < Drops.COUNT; i++) {
            int open = drops.visitors();
            int limited = drops.visitors();
            int sold = drops.of(open, 0.2);
            int pieces = Math.min(15, drops.of(limited, 0.3));
            int buyers = sold + pieces;
            double fixed = (double) pieces / buyers;
            drops.add(drops.of(buyers, 0.7), open + limited, new FixedSales(open + limited, buyers, fixed, fixed));
        }
        // a variance of so many has a relative standard error of 1 %
        assertThat(drops.computedOverTrue()).isBetween(0.96, 1.04);
        assertThat(drops.naiveOverTrue()).isGreaterThan(1.08);
    }

    /** Twelve places of which it is chance which sell out: the spread is the one computed from their demand. */
    @Test
    void isTheSpreadWhereSellingOutIsChance() {
        Drops drops = new Drops(5, 50);
        for (int i = 0; i < Drops.COUNT; i++) {
            List<FixedSales.Place> places = new ArrayList<>();
            int all = 0;
            int buyers = 0;
            for (int p = 0; p < 12; p++) {
                int here = drops.visitors();
                int demand = drops.of(here, 0.24);
                int sold = Math.min(12, demand);
                places.add(new FixedSales.Place(here, sold, OptionalLong.of(12), demand >= 12));
                all += here;
                buyers += sold;
            }
            drops.add(buyers, all, FixedSales.of(all, buyers, places, OptionalDouble.of(0.24)));
        }
        // who came stands for who was to be expected, which makes it about 6 % too large with 50 per place
        assertThat(drops.computedOverTrue()).isBetween(1.0, 1.1);
        assertThat(drops.naiveOverTrue()).isGreaterThan(1.5);
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> new FixedSales(10, 11, 0, 0)).hasMessageContaining("buyers <= visitors");
        assertThatThrownBy(() -> new FixedSales(10, 5, 0, 1.1)).hasMessageContaining("parts in [0, 1]");
        assertThatThrownBy(() -> new FixedSales(10, 5, Double.NaN, 0)).hasMessageContaining("parts in [0, 1]");
    }
}
