package org.showroomlab.stats.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Oracles;
import org.showroomlab.stats.Significance;

class DemandTest {

    /** R optimize. */
    @Test
    void censoredPoisson() {
        JsonNode o = Oracles.method("inv.censored.poisson");
        long[] sales = Oracles.longs(o.get("inputs").get("sales"));
        boolean[] soldOut = new boolean[sales.length];
        for (int i = 0; i < sales.length; i++) {
            soldOut[i] = o.get("inputs").get("stocked_out").get(i).asInt() == 1;
        }
        CensoredPoisson fit = CensoredPoisson.of(sales, soldOut).orElseThrow();
        assertThat(fit.lambda()).isCloseTo(o.get("expected").get("lambda").asDouble(), within(1e-6));
        assertThat(fit.stdError()).isCloseTo(o.get("expected").get("se").asDouble(), within(1e-6));
        assertThat(fit.naive()).isEqualTo(7.25);
        assertThat(fit.logLikelihood())
                .isCloseTo(o.get("expected").get("loglik").asDouble(), within(1e-6));
        long[] stock = {10, 10, 10, 10, 10, 10, 10, 10};
        assertThat(CensoredPoisson.of(sales, stock).orElseThrow()).isEqualTo(fit);
    }

    @Test
    void withoutSellOutsItIsTheMean() {
        CensoredPoisson fit =
                CensoredPoisson.of(new long[] {4, 6}, new long[] {50, 50}).orElseThrow();
        assertThat(fit.lambda()).isCloseTo(5, within(1e-9));
        assertThat(fit.stdError()).isCloseTo(Math.sqrt(2.5), within(1e-9));
    }

    @Test
    void edges() {
        assertThat(CensoredPoisson.of(new long[] {4}, new long[] {4}).code()).contains("all_sold_out");
        assertThat(CensoredPoisson.of(new long[] {0, 0}, new long[] {4, 4}).code())
                .contains("no_sales");
        assertThat(CensoredPoisson.of(new long[] {9, 0}, new long[] {9, 4}).value())
                .isPresent();
        CensoredPoisson large = CensoredPoisson.of(new long[] {100_000, 99_000}, new long[] {100_000, 200_000})
                .orElseThrow();
        assertThat(large.lambda()).isBetween(99_000.0, 100_500.0);
    }

    /**
     * Where the stock of one drop was far above what the others sold, the tail of the Poisson distribution underflows at
     * every likely rate. Python, the root of Σ(s/λ − 1) + f(s − 1)/P(D ≥ s) with the ratio as a series.
     */
    @Test
    void aSoldOutDropFarAboveTheOthers() {
        double[][] cases = {{99, 5, 1000, 14.95015161}, {10, 500, 5000, 909.1111045}, {30, 20, 600, 38.71189775}};
        for (double[] c : cases) {
            long[] sales = new long[(int) c[0] + 1];
            boolean[] soldOut = new boolean[sales.length];
            Arrays.fill(sales, (long) c[1]);
            sales[0] = (long) c[2];
            soldOut[0] = true;
            CensoredPoisson fit = CensoredPoisson.of(sales, soldOut).orElseThrow();
            assertThat(fit.lambda()).isCloseTo(c[3], within(1e-7));
            assertThat(fit.logLikelihood()).isFinite();
            assertThat(fit.stdError()).isCloseTo(Math.sqrt(fit.lambda() / c[0]), Percentage.withPercentage(10));
        }
    }

    /** R 4.2.2: optim over (log mu, log size) of dnbinom and, sold out, pnbinom(lower.tail = FALSE); optimHess. */
    @Test
    void censoredNegativeBinomialAsR() {
        long[] sales = {4, 7, 10, 10, 6, 10, 3, 8, 1, 10, 2, 9};
        long[] stock = new long[sales.length];
        java.util.Arrays.fill(stock, 10);
        CensoredNegativeBinomial fit = CensoredNegativeBinomial.of(sales, stock).orElseThrow();
        assertThat(fit.mean()).isCloseTo(8.25813631564061, within(1e-5));
        assertThat(fit.stdError()).isCloseTo(2.08129537751536, within(1e-4));
        assertThat(fit.size()).isCloseTo(2.62131660696261, within(1e-4));
        assertThat(fit.logLikelihood()).isCloseTo(-25.7831562202079, within(1e-9));
    }

    /** Overdispersed demand is found from censored sales; without extra spread it is Poisson again. */
    @Test
    void censoredNegativeBinomial() {
        java.util.SplittableRandom random = new java.util.SplittableRandom(5);
        long[] sales = new long[2000];
        long[] stock = new long[sales.length];
        for (int i = 0; i < sales.length; i++) {
            // a gamma mixture of shape 2 and mean 8 of Poissons is negative binomial with size 2
            double rate = -4 * Math.log(1 - random.nextDouble()) - 4 * Math.log(1 - random.nextDouble());
            long demand = -1;
            for (double clock = 0; clock <= rate; clock -= Math.log(1 - random.nextDouble())) {
                demand++;
            }
            stock[i] = 12;
            sales[i] = Math.min(12, demand);
        }
        CensoredNegativeBinomial fit = CensoredNegativeBinomial.of(sales, stock).orElseThrow();
        assertThat(fit.mean()).isCloseTo(8, within(4 * fit.stdError()));
        assertThat(fit.stdError()).isBetween(0.1, 0.25);
        assertThat(fit.size()).isCloseTo(2, within(0.4));
        assertThat(CensoredPoisson.of(sales, stock).orElseThrow().lambda()).isGreaterThan(5);
        long[] even = {5, 5, 6, 4, 5, 6, 4, 5};
        long[] much = {99, 99, 99, 99, 99, 99, 99, 99};
        CensoredNegativeBinomial poisson =
                CensoredNegativeBinomial.of(even, much).orElseThrow();
        assertThat(poisson.mean()).isCloseTo(5, within(1e-4));
        assertThat(poisson.stdError()).isCloseTo(Math.sqrt(5.0 / 8), within(1e-2));
    }

    /** Littlewood 1972; R qnorm. */
    @Test
    void littlewood() {
        assertThat(ProtectionLevel.littlewood(100, 30, 1, 0.6))
                .isCloseTo(
                        Oracles.method("inv.littlewood")
                                .get("expected")
                                .get("y")
                                .asDouble(),
                        within(1e-6));
    }

    /** Open places alone: the share and its binomial standard error. */
    @Test
    void censoredBinomialWithoutLimitsIsTheShare() {
        CensoredBinomial fit = CensoredBinomial.of(
                        List.of(CensoredBinomial.Place.upTo(50, 40, 10), CensoredBinomial.Place.upTo(50, 60, 20)))
                .orElseThrow();
        assertThat(fit.share()).isCloseTo(0.3, within(1e-9));
        assertThat(fit.stdError()).isCloseTo(Math.sqrt(0.3 * 0.7 / 100), within(1e-6));
        assertThat(fit.naive()).isEqualTo(0.3);
    }

    /** One visitor who bought up to a limit of one: P(D >= 1) = 1 - (1 - p)^2 of two, and 1 of 4 elsewhere. */
    @Test
    void censoredBinomialCountsALimitAsAtLeast() {
        CensoredBinomial fit = CensoredBinomial.of(
                        List.of(new CensoredBinomial.Place(2, 1, true), new CensoredBinomial.Place(4, 1, false)))
                .orElseThrow();
        double best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (double p = 0.0001; p < 1; p += 0.0001) {
            double l = Math.log(1 - (1 - p) * (1 - p)) + Math.log(p) + 3 * Math.log(1 - p);
            if (l > highest) {
                highest = l;
                best = p;
            }
        }
        assertThat(fit.share()).isCloseTo(best, within(2e-4));
        assertThat(fit.share()).isGreaterThan(fit.naive());
    }

    /** At each end the likelihood is e^(-z²/2) of the largest; more demand is less strange than less. */
    @Test
    void censoredBinomialIntervalIsThatOfTheLikelihood() {
        CensoredBinomial fit = CensoredBinomial.of(List.of(
                        new CensoredBinomial.Place(2, 1, true),
                        new CensoredBinomial.Place(30, 6, false),
                        new CensoredBinomial.Place(7, 0, true)))
                .orElseThrow();
        double z = Significance.DEFAULT.normalQuantile();
        Interval ci = fit.interval(Significance.DEFAULT);
        for (double end : new double[] {ci.low(), ci.high()}) {
            assertThat(likelihood(end) / likelihood(fit.share())).isCloseTo(Math.exp(-z * z / 2), within(1e-8));
        }
        assertThat(ci.high() - fit.share()).isGreaterThan(fit.share() - ci.low());
        assertThat(fit.interval(Significance.DEFAULT.with(Alternative.GREATER)).high())
                .isInfinite();
    }

    private static double likelihood(double p) {
        return (1 - (1 - p) * (1 - p)) * Math.pow(p, 6) * Math.pow(1 - p, 24);
    }

    /** Of many visitors without limits it is the usual one. */
    @Test
    void censoredBinomialIntervalOfManyIsWalds() {
        CensoredBinomial fit = CensoredBinomial.of(List.of(new CensoredBinomial.Place(1_000_000, 300_000, false)))
                .orElseThrow();
        Interval ci = fit.interval(Significance.DEFAULT);
        double half = Significance.DEFAULT.normalQuantile() * Math.sqrt(0.3 * 0.7 / 1e6);
        assertThat(ci.low()).isCloseTo(0.3 - half, within(1e-6));
        assertThat(ci.high()).isCloseTo(0.3 + half, within(1e-6));
    }

    /** Two of three bought all there was, and two of three elsewhere: at a level that excludes nothing, not everybody either. */
    @Test
    void censoredBinomialIntervalMayReachEverybody() {
        CensoredBinomial fit = CensoredBinomial.of(
                        List.of(new CensoredBinomial.Place(3, 2, true), new CensoredBinomial.Place(3, 2, false)))
                .orElseThrow();
        assertThat(fit.interval(Significance.DEFAULT).high()).isBetween(0.9, 0.9999);
        assertThat(fit.interval(new Significance(1e-40, Alternative.TWO_SIDED)).high())
                .isEqualTo(1);
    }

    @Test
    void censoredBinomialEdges() {
        assertThat(CensoredBinomial.of(List.of()).code()).contains("not_enough_data");
        assertThat(CensoredBinomial.of(List.of(new CensoredBinomial.Place(5, 0, false)))
                        .code())
                .contains("no_sales");
        assertThat(CensoredBinomial.of(List.of(CensoredBinomial.Place.upTo(3, 5, 4)))
                        .code())
                .contains("all_sold_out");
        assertThat(CensoredBinomial.of(List.of(new CensoredBinomial.Place(5, 5, false)))
                        .code())
                .contains("zero_variance");
        assertThat(CensoredBinomial.of(List.of(
                                new CensoredBinomial.Place(50, 10, true), new CensoredBinomial.Place(1, 1, false)))
                        .code())
                .contains("zero_variance");
    }
}
