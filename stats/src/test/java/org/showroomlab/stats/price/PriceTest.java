package org.showroomlab.stats.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Oracles;
import org.showroomlab.stats.many.ComparisonWithBest;

class PriceTest {

    private static final TwoPriceElasticity TWO = TwoPriceElasticity.withDefaults();

    /** OpenStax, chapter 5.1. */
    @Test
    void arcOfQuantities() {
        JsonNode o = Oracles.method("pr.arc.openstax");
        for (int i = 0; i < 2; i++) {
            JsonNode c = o.get("inputs").get("cases").get(i);
            assertThat(TwoPriceElasticity.arc(
                            c.get("q").get(0).asDouble(),
                            c.get("q").get(1).asDouble(),
                            c.get("p").get(0).asDouble(),
                            c.get("p").get(1).asDouble()))
                    .isCloseTo(o.get("expected").get("e").get(i).asDouble(), within(1e-9));
        }
    }

    /** Python, checked by Monte Carlo. */
    @Test
    void twoPrices() {
        PriceArm five = new PriceArm(5, 5000, 500);
        PriceArm six = new PriceArm(6, 5000, 420);
        matches(TWO.arc(five, six).orElseThrow(), Oracles.method("pr.arc.ci").get("expected"));
        matches(
                TWO.logRatio(five, six).orElseThrow(),
                Oracles.method("pr.logratio.ci").get("expected"));
        assertThat(TWO.arc(five, five).code()).contains("equal_prices");
        assertThat(TWO.logRatio(five, new PriceArm(6, 10, 0)).code()).contains("no_sales");
    }

    private static void matches(Effect effect, JsonNode expected) {
        assertThat(effect.estimate()).isCloseTo(expected.get("e").asDouble(), within(1e-8));
        assertThat(effect.stdError()).isCloseTo(expected.get("se").asDouble(), within(1e-8));
        assertThat(effect.ci().low()).isCloseTo(expected.get("ci95").get(0).asDouble(), within(1e-8));
        assertThat(effect.ci().high()).isCloseTo(expected.get("ci95").get(1).asDouble(), within(1e-8));
    }

    /** R glm(binomial(log)). */
    @Test
    void constantElasticity() {
        JsonNode o = Oracles.method("pr.logbinomial");
        ConstantElasticity fit = ConstantElasticity.fit(arms(o.get("inputs"))).orElseThrow();
        assertThat(fit.intercept()).isCloseTo(o.get("expected").get("intercept").asDouble(), within(1e-6));
        assertThat(fit.elasticity())
                .isCloseTo(o.get("expected").get("elasticity").asDouble(), within(1e-6));
        assertThat(fit.stdError()).isCloseTo(o.get("expected").get("se").asDouble(), within(1e-6));
        assertThat(ConstantElasticity.bestPrice(-2, 5).orElseThrow())
                .isEqualTo(Oracles.method("pr.lerner").get("expected").get("p").asDouble());
        assertThat(ConstantElasticity.bestPrice(-0.8, 5).code()).contains("inelastic");
    }

    /** Python lambertw; R optimize. */
    @Test
    void logitOptimum() {
        JsonNode o = Oracles.method("pr.logit.opt");
        JsonNode in = o.get("inputs");
        LogitDemand.Optimum best = demand(in).optimum(0).orElseThrow();
        assertThat(best.price()).isCloseTo(o.get("expected").get("p_star").asDouble(), within(1e-6));
        assertThat(best.revenue()).isCloseTo(o.get("expected").get("rev").asDouble(), within(1e-6));
        assertThat(best.stdError()).isCloseTo(o.get("expected").get("se").asDouble(), within(1e-6));
        assertThat(demand(in).optimum(2).orElseThrow().price())
                .isCloseTo(o.get("expected").get("p_star_c2").asDouble(), within(1e-6));
        assertThat(new LogitDemand(2, 0.3, 0, 0, 0, 1, 9)
                        .optimum(0)
                        .orElseThrow()
                        .price())
                .isCloseTo(
                        Oracles.method("pr.logit.opt.simple")
                                .get("expected")
                                .get("p_star")
                                .asDouble(),
                        within(1e-9));
        assertThat(new LogitDemand(2, -0.3, 0, 0, 0, 1, 9).optimum(0).code()).contains("inelastic");
        assertThat(new LogitDemand(800, 1, 0, 0, 0, 1, 9)
                        .optimum(0)
                        .orElseThrow()
                        .insideTested())
                .isFalse();
    }

    /** The fit that the optimum's reference values came from, on the same six prices. */
    @Test
    void logitFit() {
        JsonNode in = Oracles.method("pr.logit.opt").get("inputs");
        LogitDemand fit = LogitDemand.fit(arms(Oracles.method("pr.logbinomial").get("inputs")))
                .orElseThrow();
        assertThat(fit.a()).isCloseTo(in.get("a").asDouble(), within(1e-8));
        assertThat(fit.b()).isCloseTo(in.get("b").asDouble(), within(1e-8));
        assertThat(fit.varianceA()).isCloseTo(in.get("vcov_ab").get(0).get(0).asDouble(), within(1e-8));
        assertThat(fit.covariance()).isCloseTo(in.get("vcov_ab").get(0).get(1).asDouble(), within(1e-8));
        assertThat(fit.varianceB()).isCloseTo(in.get("vcov_ab").get(1).get(1).asDouble(), within(1e-8));
    }

    /**
     * R glm. Of prices that lie close together the columns of the design are almost dependent, and of many visitors standard
     * errors are so small that rounding exceeds any tolerance in them.
     */
    @Test
    void closePrices() {
        ConstantElasticity three = ConstantElasticity.fit(arms(3_000, new int[][] {{1990, 66}, {1999, 63}, {2000, 57}}))
                .orElseThrow();
        assertThat(three.intercept()).isCloseTo(158.7327812574673, withinPercentage(1e-5));
        assertThat(three.elasticity()).isCloseTo(-21.3991053668093, withinPercentage(1e-5));
        assertThat(three.stdError()).isCloseTo(31.6896872020178, withinPercentage(1e-5));
        ConstantElasticity many = ConstantElasticity.fit(arms(
                        100_000, new int[][] {{990, 10_081}, {1000, 9_344}, {1010, 8_749}}))
                .orElseThrow();
        assertThat(many.elasticity()).isCloseTo(-7.09845433674281, withinPercentage(1e-6));
        assertThat(many.stdError()).isCloseTo(0.695291370819233, withinPercentage(1e-6));

        LogitDemand cents = LogitDemand.fit(arms(1_000, new int[][] {{10_000, 186}, {10_001, 56}, {10_002, 33}}))
                .orElseThrow();
        assertThat(cents.b()).isCloseTo(1.05419627245779, withinPercentage(1e-6));
        assertThat(Math.sqrt(cents.varianceB())).isCloseTo(0.0955681797017044, withinPercentage(1e-5));
        LogitDemand million = LogitDemand.fit(arms(
                        1_000_000, new int[][] {{1990, 400_249}, {1999, 376_573}, {2000, 351_330}}))
                .orElseThrow();
        assertThat(million.a()).isCloseTo(33.31176460954956, withinPercentage(1e-8));
        assertThat(million.b()).isCloseTo(0.0169404618775001, withinPercentage(1e-8));
        for (long visitors = 1_000; visitors <= 1_000_000_000_000L; visitors *= 10) {
            long per = visitors / 1_000;
            List<PriceArm> scaled = List.of(
                    new PriceArm(1990, visitors, 290 * per),
                    new PriceArm(1999, visitors, 281 * per),
                    new PriceArm(2000, visitors, 260 * per));
            assertThat(ConstantElasticity.fit(scaled).value()).isPresent();
            assertThat(LogitDemand.fit(scaled).value()).isPresent();
        }
    }

    /** The whole step leads past the maximum, and then away from it: by damped Newton steps a = −0.9116, b = 0.03012. */
    @Test
    void logitThatDoesNotFit() {
        LogitDemand fit = LogitDemand.fit(arms(20_000, new int[][] {{5, 1_170}, {10, 12_520}, {15, 106}}))
                .orElseThrow();
        assertThat(fit.a()).isCloseTo(-0.9116, within(5e-5));
        assertThat(fit.b()).isCloseTo(0.03012, within(5e-6));
    }

    private static List<PriceArm> arms(long visitors, int[][] pricesAndBuyers) {
        return Arrays.stream(pricesAndBuyers)
                .map(arm -> new PriceArm(arm[0], visitors, arm[1]))
                .toList();
    }

    /** A maximum exists unless a price separates buyers from others (Albert and Anderson 1984). */
    @Test
    void separatedDemandHasNoLogitFit() {
        int[][] separated = {
            {100, 100, 0},
            {100, 100, 99},
            {0, 100, 100},
            {99, 100, 100},
            {100, 0, 0},
            {50, 0, 0},
            {0, 0, 50},
            {100, 50, 0},
            {0, 50, 100}
        };
        for (int[] buyers : separated) {
            assertThat(LogitDemand.fit(prices(buyers)).code()).contains("no_convergence");
        }
        assertThat(LogitDemand.fit(prices(100, 100, 99)).reason().orElseThrow())
                .isEqualTo(
                        "On either side of the price 7.0 everybody or nobody bought, so that no finite slope fits best.");
        assertThat(LogitDemand.fit(prices(100, 100, 100)).code()).contains("zero_variance");
        assertThat(LogitDemand.fit(prices(0, 0, 0)).code()).contains("no_sales");
        int[][] overlapping = {
            {100, 99, 100}, {0, 1, 0}, {100, 99, 99}, {99, 100, 99}, {1, 0, 1}, {0, 100, 0}, {100, 0, 1}
        };
        for (int[] buyers : overlapping) {
            assertThat(LogitDemand.fit(prices(buyers)).value()).isPresent();
        }
    }

    /** By symmetry around the middle price. */
    @Test
    void logitWithoutASlope() {
        LogitDemand flat = LogitDemand.fit(prices(100, 50, 100)).orElseThrow();
        assertThat(flat.b()).isCloseTo(0, within(1e-12));
        assertThat(flat.conversion(6)).isCloseTo(250 / 300.0, within(1e-12));
    }

    /** With a log link sales at two prices are enough for a maximum, but not where it lies at a conversion of 1. */
    @Test
    void constantElasticityAtTheBoundary() {
        int[][] refused = {
            {100, 0, 0},
            {0, 0, 50},
            {50, 0, 0},
            {100, 100, 0},
            {100, 100, 99},
            {0, 100, 100},
            {100, 50, 0},
            {100, 90, 99}
        };
        for (int[] buyers : refused) {
            assertThat(ConstantElasticity.fit(prices(buyers)).code()).contains("no_convergence");
        }
        assertThat(ConstantElasticity.fit(prices(100, 100, 100)).code()).contains("zero_variance");
        assertThat(ConstantElasticity.fit(prices(0, 0, 0)).code()).contains("no_sales");
        int[][] fitted = {{0, 50, 0}, {50, 0, 1}, {99, 90, 99}};
        for (int[] buyers : fitted) {
            assertThat(ConstantElasticity.fit(prices(buyers)).value()).isPresent();
        }
    }

    /**
     * Where a log link does not fit, scoring by the expected information circles. The maximum by scipy minimize_scalar, nested
     * over intercept and slope; the standard error from the expected information there.
     */
    @Test
    void constantElasticityThatDoesNotFit() {
        double[] price = {2, 3, 4, 13};
        long[] visitors = {175, 56, 58, 78};
        long[] buyers = {169, 30, 58, 76};
        List<PriceArm> arms = IntStream.range(0, 4)
                .mapToObj(i -> new PriceArm(price[i], visitors[i], buyers[i]))
                .toList();
        ConstantElasticity fit = ConstantElasticity.fit(arms).orElseThrow();
        assertThat(fit.intercept()).isCloseTo(-0.1563703533, within(1e-7));
        assertThat(fit.elasticity()).isCloseTo(0.0465779148, within(1e-7));
        assertThat(fit.stdError()).isCloseTo(0.0178543443, within(1e-7));
    }

    /** So many of 100 at the prices 5, 6, 7. */
    private static List<PriceArm> prices(int... buyers) {
        return IntStream.range(0, buyers.length)
                .mapToObj(i -> new PriceArm(5.0 + i, 100, buyers[i]))
                .toList();
    }

    private static LogitDemand demand(JsonNode in) {
        return new LogitDemand(
                in.get("a").asDouble(),
                in.get("b").asDouble(),
                in.get("vcov_ab").get(0).get(0).asDouble(),
                in.get("vcov_ab").get(0).get(1).asDouble(),
                in.get("vcov_ab").get(1).get(1).asDouble(),
                4,
                9);
    }

    /** R; the chances to be best are a parametric bootstrap of 20,000 draws. Six prices are not separated. */
    @Test
    void revenuePerVisitor() {
        JsonNode o = Oracles.method("pr.rpv");
        List<PriceArm> arms = arms(o.get("inputs"));
        List<ArmEstimate> revenue =
                arms.stream().map(PriceArm::revenuePerVisitor).toList();
        for (int i = 0; i < 6; i++) {
            assertThat(revenue.get(i).estimate())
                    .isCloseTo(o.get("expected").get("rpv").get(i).asDouble(), within(1e-9));
            assertThat(revenue.get(i).stdError())
                    .isCloseTo(o.get("expected").get("se").get(i).asDouble(), within(1e-9));
        }
        List<ComparisonWithBest> mcb = ComparisonWithBest.of(revenue, 0.05).orElseThrow();
        double[] bootstrap = {.014, .101, .102, .343, .205, .235};
        for (int i = 0; i < 6; i++) {
            assertThat(mcb.get(i).chanceBest()).isCloseTo(bootstrap[i], within(0.01));
        }
        assertThat(mcb.stream().filter(ComparisonWithBest::couldBeBest).count()).isGreaterThan(1);
    }

    /** R. */
    @Test
    void lifetimeValue() {
        JsonNode expected = Oracles.method("pr.ltv").get("expected");
        assertThat(LifetimeValue.geometric(9, 0.85, 0.01))
                .isCloseTo(expected.get("ltv").asDouble(), within(1e-9));
        assertThat(LifetimeValue.geometric(9, 0.85, 0.01, 12))
                .isCloseTo(expected.get("ltv12").asDouble(), within(1e-7));
    }

    private static List<PriceArm> arms(JsonNode in) {
        return IntStream.range(0, in.get("price").size())
                .mapToObj(i -> new PriceArm(
                        in.get("price").get(i).asDouble(),
                        in.get("n").get(i).asLong(),
                        in.get("x").get(i).asLong()))
                .toList();
    }
}
