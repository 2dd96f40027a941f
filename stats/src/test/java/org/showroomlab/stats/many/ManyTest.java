package org.showroomlab.stats.many;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.showroomlab.stats.Oracles.doubles;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Oracles;

class ManyTest {

    /** Wang and Ramdas 2022, by definition. */
    @Test
    void eBenjaminiHochberg() {
        JsonNode o = Oracles.method("seq.ebh");
        boolean[] rejected = EBenjaminiHochberg.reject(doubles(o.get("inputs").get("e")), 0.05);
        assertThat(rejected).containsExactly(true, true, true, false, false);
        assertThat(o.get("expected").get("rejected").asInt()).isEqualTo(3);
        assertThatThrownBy(() -> EBenjaminiHochberg.reject(new double[] {Double.NaN}, 0.05))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Rubin 1981; metafor. */
    @Test
    void eightSchoolsPoolCompletely() {
        JsonNode o = Oracles.method("eb.8schools");
        JsonNode expected = o.get("expected");
        for (RandomEffects.Method method : RandomEffects.Method.values()) {
            RandomEffects fit = RandomEffects.of(
                            doubles(o.get("inputs").get("y")),
                            doubles(o.get("inputs").get("s")),
                            method)
                    .orElseThrow();
            assertThat(fit.tau2()).isEqualTo(0);
            assertThat(fit.mu()).isCloseTo(expected.get("mu").asDouble(), within(1e-6));
            assertThat(fit.muStdError()).isCloseTo(expected.get("se").asDouble(), within(1e-6));
            assertThat(fit.q()).isCloseTo(expected.get("Q").asDouble(), within(1e-6));
            assertThat(fit.shrunken()).allSatisfy(s -> assertThat(s).isCloseTo(fit.mu(), within(1e-9)));
        }
    }

    /** Each estimator at its own defining equation, on data with a spread. */
    @Test
    void estimatorsSatisfyTheirEquations() {
        double[] y = {0.1, 0.9, -0.4, 0.6, 1.4};
        double[] s = {0.2, 0.3, 0.25, 0.2, 0.4};
        RandomEffects pm =
                RandomEffects.of(y, s, RandomEffects.Method.PAULE_MANDEL).orElseThrow();
        double q = 0;
        double[] likelihood = new double[3];
        RandomEffects reml = RandomEffects.of(y, s, RandomEffects.Method.REML).orElseThrow();
        for (int i = 0; i < y.length; i++) {
            q += Math.pow(y[i] - pm.mu(), 2) / (s[i] * s[i] + pm.tau2());
        }
        assertThat(q).isCloseTo(4, within(1e-9));
        for (int k = -1; k <= 1; k++) {
            likelihood[k + 1] = restrictedLogLikelihood(y, s, reml.tau2() + k * 1e-3);
        }
        assertThat(likelihood[1]).isGreaterThan(likelihood[0]).isGreaterThan(likelihood[2]);
        for (int i = 0; i < y.length; i++) {
            assertThat(reml.shrunken().get(i)).isBetween(Math.min(y[i], reml.mu()), Math.max(y[i], reml.mu()));
        }
        RandomEffects declared = RandomEffects.withPrior(y, s, 0, 0.04);
        assertThat(declared.shrunken().get(0)).isCloseTo(0.05, within(1e-12));
        assertThat(RandomEffects.of(new double[] {1}, new double[] {1}, RandomEffects.Method.REML)
                        .code())
                .contains("not_enough_data");
    }

    /** At τ² = 0, where the method of moments begins and stays, the restricted likelihood is .9 below its maximum. */
    @Test
    void theRestrictedLikelihoodMayHaveTwoMaxima() {
        double[] y = {0.4142, 0.3782, 2.2503};
        double[] s = {Math.sqrt(0.00285), Math.sqrt(0.00135), Math.sqrt(0.30519)};
        RandomEffects fit = RandomEffects.of(y, s, RandomEffects.Method.REML).orElseThrow();
        assertThat(fit.tau2()).isCloseTo(0.816, within(0.001));
        assertThat(fit.mu()).isCloseTo(0.892, within(0.001));
        assertThat(restrictedLogLikelihood(y, s, fit.tau2())).isGreaterThan(restrictedLogLikelihood(y, s, 0) + 0.8);
    }

    private static double restrictedLogLikelihood(double[] y, double[] s, double tau2) {
        double w = 0;
        double wy = 0;
        double log = 0;
        for (int i = 0; i < y.length; i++) {
            double weight = 1 / (s[i] * s[i] + tau2);
            w += weight;
            wy += weight * y[i];
            log += Math.log(weight);
        }
        double rss = 0;
        for (int i = 0; i < y.length; i++) {
            rss += Math.pow(y[i] - wy / w, 2) / (s[i] * s[i] + tau2);
        }
        return log / 2 - Math.log(w) / 2 - rss / 2;
    }

    /** R metafor 3.8-1, rma with DL, REML and PM (threshold 1e-12) and blup. */
    @Test
    void randomEffectsAsMetafor() {
        double[] y = {.12, .31, -.05, .22, .44, .10, .02};
        double[] s = {.1, .15, .08, .2, .18, .05, .12};
        double[][] expected = {
            {0.111734625868597, 0.0516717576334643, 0.00666147459496959, 9.86696024702891, 0.13036757668313},
            {0.110057947676743, 0.0502133981924858, 0.00586636326055852, 9.86696024702891, 0.13036757668313},
            {0.11728483018399, 0.0566478123775614, 0.00967847925664535, 9.86696024702891, 0.13036757668313},
        };
        double[][] blup = {
            {
                0.115039230120785,
                0.157025194030274,
                0.0292484491726282,
                0.127190782056361,
                0.167716420536076,
                0.103202166241622,
                0.0827201389224337
            },
            {
                0.113733880814407,
                0.151407369145257,
                0.0335105600063983,
                0.124119668962026,
                0.160639183230356,
                0.10300547184108,
                0.0839894997376728
            },
            {
                0.11862023392123,
                0.175248718366181,
                0.0165873243413266,
                0.137296043395072,
                0.19151260961059,
                0.10354823246395,
                0.0781806491895797
            },
        };
        for (RandomEffects.Method method : RandomEffects.Method.values()) {
            RandomEffects fit = RandomEffects.of(y, s, method).orElseThrow();
            double[] r = expected[method.ordinal()];
            assertThat(fit.mu()).isCloseTo(r[0], within(1e-8));
            assertThat(fit.muStdError()).isCloseTo(r[1], within(1e-8));
            assertThat(fit.tau2()).isCloseTo(r[2], within(1e-8));
            assertThat(fit.q()).isCloseTo(r[3], within(1e-9));
            assertThat(fit.qPValue()).isCloseTo(r[4], within(1e-9));
            for (int i = 0; i < y.length; i++) {
                assertThat(fit.shrunken().get(i)).isCloseTo(blup[method.ordinal()][i], within(1e-8));
            }
        }
    }

    /** Dunnett 1964; R mvtnorm. */
    @Test
    void dunnett() {
        JsonNode o = Oracles.method("dr.dunnett");
        for (int i = 0; i < 4; i++) {
            int k = o.get("inputs").get("k_treatments").get(i).asInt();
            double d = DunnettDistribution.balanced(k).twoSidedCriticalValue(0.05);
            assertThat(d).isCloseTo(o.get("expected").get("d").get(i).asDouble(), within(5e-4));
            assertThat(DunnettDistribution.balanced(k).twoSidedPValue(d)).isCloseTo(0.05, within(1e-9));
        }
        assertThat(DunnettDistribution.balanced(1).oneSidedCriticalValue(0.05)).isCloseTo(1.6448536, within(1e-6));
    }

    @Test
    void comparisonWithTheBest() {
        List<ArmEstimate> apart =
                List.of(new ArmEstimate(9, 0, 1), new ArmEstimate(9, 10, 1), new ArmEstimate(9, 9.5, 1));
        List<ComparisonWithBest> mcb = ComparisonWithBest.of(apart, 0.05).orElseThrow();
        assertThat(mcb.get(0).couldBeBest()).isFalse();
        assertThat(mcb.get(0).upper()).isZero();
        assertThat(mcb.get(1).couldBeBest()).isTrue();
        assertThat(mcb.get(2).couldBeBest()).isTrue();
        assertThat(mcb.stream().mapToDouble(ComparisonWithBest::chanceBest).sum())
                .isCloseTo(1, within(1e-9));
        // two equal arms: the one-sided critical value is that of one comparison
        List<ComparisonWithBest> two =
                ComparisonWithBest.of(apart.subList(1, 3), 0.05).orElseThrow();
        assertThat(two.get(0).upper()).isCloseTo(0.5 + 1.6448536 * Math.sqrt(2), within(1e-6));
        assertThat(two.get(1).lower()).isEqualTo(-two.get(0).upper());
        assertThat(ComparisonWithBest.of(apart.subList(0, 1), 0.05).code()).contains("not_enough_data");
        // nobody else could be best
        List<ComparisonWithBest> one =
                ComparisonWithBest.of(apart.subList(0, 2), 0.05).orElseThrow();
        assertThat(one.get(1).lower()).isZero();
        assertThat(one.get(0).lower()).isCloseTo(-10 - 1.6448536 * Math.sqrt(2), within(1e-6));
    }

    /**
     * Revenue at the prices 4 to 7 with 100,000, 500, 500, 500 visitors and 15,000, 50, 40, 34 buyers. numpy, scipy: d_i by
     * brentq on 2048 panels of 16 Gauss–Legendre nodes over ±8, lower as the least θ_i − θ_j − d_j·SE_ij.
     */
    @Test
    void theArmComparedWithBringsItsCriticalValue() {
        double[] price = {4, 5, 6, 7};
        double[] share = {0.15, 0.1, 0.08, 0.068};
        long[] n = {100_000, 500, 500, 500};
        List<ArmEstimate> arms = IntStream.range(0, 4)
                .mapToObj(i -> new ArmEstimate(
                        n[i], price[i] * share[i], price[i] * Math.sqrt(share[i] * (1 - share[i]) / n[i])))
                .toList();
        double[] lower = {-0.0367477317, -0.2426055168, -0.2746989558, -0.2914308229};
        double[] upper = {0.2426055168, 0.0367477317, 0.0271730084, 0.0339409328};
        List<ComparisonWithBest> mcb = ComparisonWithBest.of(arms, 0.05).orElseThrow();
        for (int i = 0; i < 4; i++) {
            assertThat(mcb.get(i).lower()).isCloseTo(lower[i], within(1e-6));
            assertThat(mcb.get(i).upper()).isCloseTo(upper[i], within(2e-6));
        }
    }

    /** Of two arms the critical value is the normal one and the chance Φ, however unequal they are. */
    @Test
    void twoArmsOfVeryUnequalPrecision() {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        for (double other = 1e-9; other < 10; other *= 7) {
            List<ArmEstimate> arms = List.of(new ArmEstimate(9, 0.3, 1), new ArmEstimate(9, 0, other));
            List<ComparisonWithBest> mcb = ComparisonWithBest.of(arms, 0.01).orElseThrow();
            double se = Math.hypot(1, other);
            double z = normal.inverseSurvivalProbability(0.01);
            assertThat(mcb.get(0).chanceBest()).isCloseTo(normal.cumulativeProbability(0.3 / se), within(1e-9));
            assertThat(mcb.get(1).chanceBest()).isCloseTo(normal.cumulativeProbability(-0.3 / se), within(1e-9));
            assertThat(mcb.get(0).upper()).isCloseTo(0.3 + z * se, within(1e-7));
            assertThat(mcb.get(0).lower()).isCloseTo(0.3 - z * se, within(1e-7));
        }
    }

    /** Estimates in other units are the same estimates. */
    @ParameterizedTest
    @EnumSource(RandomEffects.Method.class)
    void unitsDoNotMatter(RandomEffects.Method method) {
        double[] estimates = {2, -3, 5};
        double[] errors = {1, 1, 2};
        RandomEffects fit = RandomEffects.of(estimates, errors, method).orElseThrow();
        for (double unit = 1e-12; unit < 1e12; unit *= 1e3) {
            double scale = unit;
            RandomEffects scaled = RandomEffects.of(
                            Arrays.stream(estimates).map(e -> e * scale).toArray(),
                            Arrays.stream(errors).map(e -> e * scale).toArray(),
                            method)
                    .orElseThrow();
            assertThat(scaled.tau2() / unit / unit).isCloseTo(fit.tau2(), withinPercentage(1e-6));
            assertThat(scaled.muStdError() / unit).isCloseTo(fit.muStdError(), withinPercentage(1e-6));
        }
    }

    /** All four intervals at once, where the best arm is known much better than the others. */
    @Test
    void comparisonWithTheBestCovers() {
        double[] truth = {0, -3, -3, -3};
        double[] stdError = {0.05, 1, 1, 1};
        RandomGenerator random = new SplittableRandom(1984);
        int draws = 2000;
        int covered = 0;
        for (int draw = 0; draw < draws; draw++) {
            List<ArmEstimate> arms = IntStream.range(0, 4)
                    .mapToObj(i -> new ArmEstimate(9, truth[i] + stdError[i] * random.nextGaussian(), stdError[i]))
                    .toList();
            List<ComparisonWithBest> mcb = ComparisonWithBest.of(arms, 0.05).orElseThrow();
            covered += IntStream.range(0, 4)
                            .allMatch(i -> mcb.get(i).lower() <= (i == 0 ? 3 : -3)
                                    && (i == 0 ? 3 : -3) <= mcb.get(i).upper())
                    ? 1
                    : 0;
        }
        assertThat((double) covered / draws).isCloseTo(0.95, within(2.6 * Math.sqrt(0.95 * 0.05 / draws)));
    }

    /** A best arm of three with four caches each, whose standard errors have three degrees of freedom, is rarely excluded. */
    @Test
    void theBestOfFewClustersIsKept() {
        RandomGenerator random = new SplittableRandom(1996);
        int draws = 4000;
        int kept = 0;
        for (int draw = 0; draw < draws; draw++) {
            List<ArmEstimate> arms = IntStream.range(0, 3)
                    .mapToObj(arm -> meanOf(IntStream.range(0, 4)
                            .mapToDouble(i -> random.nextGaussian())
                            .toArray()))
                    .toList();
            kept += ComparisonWithBest.of(arms, new double[] {3, 3, 3}, 0.05)
                            .orElseThrow()
                            .get(0)
                            .couldBeBest()
                    ? 1
                    : 0;
        }
        assertThat((double) kept / draws).isBetween(0.95 - 2.6 * Math.sqrt(0.95 * 0.05 / draws), 0.975);
    }

    /** Of two arms it is Welch's test. */
    @Test
    void ofTwoSmallArmsTheCriticalValueIsStudents() {
        List<ArmEstimate> arms = List.of(new ArmEstimate(4, 0.3, 1), new ArmEstimate(6, 0, 2));
        double df = 25 / (1 / 3.0 + 16 / 5.0);
        double reach = TDistribution.of(df).inverseSurvivalProbability(0.05) * Math.sqrt(5);
        ComparisonWithBest first = ComparisonWithBest.of(arms, new double[] {3, 5}, 0.05)
                .orElseThrow()
                .get(0);
        assertThat(first.upper()).isCloseTo(0.3 + reach, within(1e-7));
        assertThat(first.lower()).isCloseTo(0.3 - reach, within(1e-7));
    }

    private static ArmEstimate meanOf(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return new ArmEstimate(values.length, mean, Math.sqrt(squares / (values.length - 1) / values.length));
    }

    @Test
    void programmeScorecard() {
        List<ProgrammeScorecard.Finished> finished = new java.util.ArrayList<>();
        for (int i = 0; i < 10; i++) {
            finished.add(new ProgrammeScorecard.Finished(i % 3 == 0 ? 0.05 : -0.02, 0.01, i % 3 == 0));
        }
        ProgrammeScorecard card = ProgrammeScorecard.of(finished, 60).orElseThrow();
        assertThat(card.winRate()).isEqualTo(0.4);
        assertThat(card.perThirtyDays()).isEqualTo(5);
        assertThat(card.impact()).isBetween(0.15, 0.2);
        assertThat(card.impactInterval().contains(card.impact())).isTrue();
        assertThat(card.avoidedLoss()).isBetween(0.09, 0.12);
        assertThat(ProgrammeScorecard.of(finished.subList(0, 7), 60).code()).contains("needs_declared_prior");
        ProgrammeScorecard declared = ProgrammeScorecard.withPrior(finished.subList(0, 1), 30, 0, 1e-4)
                .orElseThrow();
        assertThat(declared.impact()).isCloseTo(0.025, within(1e-12));
        assertThat(ProgrammeScorecard.withPrior(List.of(), 30, 0, 1).code()).contains("not_enough_data");
    }

    @Test
    void programmePaceNeedsNoPrior() {
        ProgrammePace pace = ProgrammePace.of(3, 1, 45).orElseThrow();
        assertThat(pace.winRate()).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(pace.perThirtyDays()).isEqualTo(2);
        assertThat(pace.winRateInterval().contains(pace.winRate())).isTrue();
        assertThat(ProgrammePace.of(0, 0, 0).code()).contains("not_enough_data");
        assertThatThrownBy(() -> new ProgrammePace(3, 4, 45)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ProgrammePace(3, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
