package org.showroomlab.stats.arms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.showroomlab.stats.Oracles.doubles;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.DecimalSums;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Oracles;
import org.showroomlab.stats.arms.LinAdjustment.Method;

class LinAdjustmentTest {

    private static final LinAdjustment LIN = LinAdjustment.withDefaults();

    /** R lm and sandwich: Lin's estimate exactly, his HC2 to the 3.5 % that second moments allow; pooled θ exactly. */
    @Test
    void agreesWithR() {
        for (JsonNode c : Oracles.peer("r_regression_adjustment")) {
            double[] y = doubles(c.get("input").get("y"));
            double[] x = doubles(c.get("input").get("x"));
            double[] treat = doubles(c.get("input").get("treat"));
            ArmMoments control = arm(y, x, treat, 0);
            ArmMoments treatment = arm(y, x, treat, 1);
            Effect lin = LIN.difference(control, treatment).orElseThrow();
            JsonNode r = c.get("expected").get("lin_interacted");
            assertThat(lin.estimate()).isCloseTo(r.get("est").asDouble(), within(1e-10));
            assertThat(lin.stdError() / r.get("se_HC2").asDouble()).isBetween(0.965, 1.035);
            JsonNode pooled = c.get("expected").get("cuped_pooled_theta");
            Effect effect =
                    LIN.with(Method.POOLED).difference(control, treatment).orElseThrow();
            assertThat(effect.estimate()).isCloseTo(pooled.get("est").asDouble(), within(1e-10));
            assertThat(effect.stdError()).isCloseTo(pooled.get("se").asDouble(), within(1e-10));
            assertThat(effect.df().orElseThrow()).isCloseTo(pooled.get("df").asDouble(), within(1e-8));
            assertThat(effect.pValue()).isCloseTo(pooled.get("p").asDouble(), within(1e-10));
            assertThat(effect.ci().low()).isCloseTo(pooled.get("ci").get(0).asDouble(), within(1e-9));
        }
    }

    /** y and x moved by 2^62: differences, slopes and spreads stay, which doubles of the means alone would not tell. */
    @Test
    void largeValuesAreAdjustedAsSmallOnes() {
        BigDecimal far = new BigDecimal(2).pow(62);
        long[][][] rows = {
            {{12, 3}, {15, 5}, {9, 2}, {20, 8}, {14, 5}}, {{16, 4}, {13, 2}, {22, 7}, {19, 5}, {12, 3}, {18, 6}}
        };
        for (Method method : Method.values()) {
            Effect near = LIN.with(method)
                    .difference(moved(rows[0], BigDecimal.ZERO), moved(rows[1], BigDecimal.ZERO))
                    .orElseThrow();
            Effect moved = LIN.with(method)
                    .difference(moved(rows[0], far), moved(rows[1], far))
                    .orElseThrow();
            assertThat(moved.estimate()).isCloseTo(near.estimate(), within(1e-12));
            assertThat(moved.stdError()).isCloseTo(near.stdError(), within(1e-12));
        }
    }

    private static ArmMoments moved(long[][] rows, BigDecimal by) {
        BigDecimal[] sums = new BigDecimal[5];
        Arrays.fill(sums, BigDecimal.ZERO);
        for (long[] row : rows) {
            BigDecimal y = by.add(BigDecimal.valueOf(row[0]));
            BigDecimal x = by.add(BigDecimal.valueOf(row[1]));
            BigDecimal[] terms = {y, y.multiply(y), x, x.multiply(x), y.multiply(x)};
            Arrays.setAll(sums, i -> sums[i].add(terms[i]));
        }
        return ArmMoments.ofDecimal(
                DecimalSums.ofMeanWithCovariate(rows.length, sums[0], sums[1], sums[2], sums[3], sums[4]));
    }

    /** gbstats 0.8.0 CUPED, relative: over the unadjusted control mean, with its covariance. */
    @Test
    void relativeAgreesWithGbstats() {
        for (JsonNode c : Oracles.peer("gbstats_cuped_mean")) {
            JsonNode in = c.get("input");
            if (in.get("difference").asText().equals("relative")) {
                RelativeEffect lift = LIN.with(Method.POOLED)
                        .lift(arm(in.get("control")), arm(in.get("treatment")), RelativeLift.Method.WALD)
                        .orElseThrow();
                WelchTestTest.matches(lift.effect(), c.get("expected"), 1e-8);
            }
        }
    }

    /**
     * A ratio with a ratio of the past as covariate, by its definition: each unit contributes (y − R·d)/d̄ and (x − R_x·z)/z̄,
     * and the adjustment of these is that of a mean.
     */
    @Test
    void ratioWithCovariateByDefinition() {
        double[][][] rows = {
            {{3, 1, 2, 1}, {8, 2, 5, 2}, {1, 1, 0, 1}, {9, 3, 9, 2}, {4, 2, 3, 1}, {7, 2, 4, 3}},
            {{5, 1, 3, 1}, {9, 2, 6, 2}, {2, 1, 1, 2}, {6, 3, 4, 2}, {11, 4, 8, 3}, {3, 1, 1, 1}, {8, 2, 5, 1}},
        };
        ArmMoments[] exact = new ArmMoments[2];
        ArmMoments[] contributions = new ArmMoments[2];
        for (int a = 0; a < 2; a++) {
            exact[a] = ArmMoments.ofDecimal(fourVariables(rows[a]));
            contributions[a] = contributions(rows[a]);
        }
        for (Method method : Method.values()) {
            Effect ofSums = LIN.with(method).difference(exact[0], exact[1]).orElseThrow();
            Effect ofUnits = LIN.with(method)
                    .difference(contributions[0], contributions[1])
                    .orElseThrow();
            assertThat(ofSums.estimate()).isCloseTo(ofUnits.estimate(), within(1e-12));
            assertThat(ofSums.stdError()).isCloseTo(ofUnits.stdError(), within(1e-12));
            assertThat(ofSums.df().orElseThrow()).isCloseTo(ofUnits.df().orElseThrow(), within(1e-9));
        }
        assertThat(LIN.difference(exact[0], exact[1]).orElseThrow().df().orElseThrow())
                .isEqualTo(13.0 - 4);
    }

    /** Contributions, moved to the level of the ratio and its covariate. */
    private static ArmMoments contributions(double[][] rows) {
        double[] total = new double[4];
        for (double[] row : rows) {
            for (int v = 0; v < 4; v++) {
                total[v] += row[v];
            }
        }
        double n = rows.length;
        double[] y = new double[rows.length];
        double[] x = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            double ratio = total[0] / total[1];
            double past = total[2] / total[3];
            y[i] = ratio + (rows[i][0] - ratio * rows[i][1]) / (total[1] / n);
            x[i] = past + (rows[i][2] - past * rows[i][3]) / (total[3] / n);
        }
        double[] treat = new double[rows.length];
        return arm(y, x, treat, 0);
    }

    private static DecimalSums fourVariables(double[][] rows) {
        BigDecimal[] s = new BigDecimal[14];
        Arrays.fill(s, BigDecimal.ZERO);
        int[][] products = {{0, 0}, {1, 1}, {2, 2}, {3, 3}, {0, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 3}};
        for (double[] row : rows) {
            for (int v = 0; v < 4; v++) {
                s[v] = s[v].add(BigDecimal.valueOf(row[v]));
            }
            for (int p = 0; p < products.length; p++) {
                s[4 + p] = s[4 + p].add(BigDecimal.valueOf(row[products[p][0]] * row[products[p][1]]));
            }
        }
        return new DecimalSums(
                rows.length, s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8], s[9], s[10], s[11], s[12], s[13]);
    }

    /** Without a covariate the adjusted lift is the plain one, by either method. */
    @Test
    void withoutACovariateTheLiftIsThePlainOne() {
        ArmMoments a = ArmMoments.ofValues(11, 12, 14.5, 17);
        ArmMoments b = ArmMoments.ofValues(12, 12, 15.5, 19);
        for (RelativeLift.Method method :
                new RelativeLift.Method[] {RelativeLift.Method.LOG_RATIO, RelativeLift.Method.WALD}) {
            Effect plain = RelativeLift.withDefaults()
                    .with(method)
                    .lift(a, b)
                    .orElseThrow()
                    .effect();
            Effect adjusted = LIN.lift(a, b, method).orElseThrow().effect();
            assertThat(adjusted.estimate()).isCloseTo(plain.estimate(), within(1e-12));
            assertThat(adjusted.stdError()).isCloseTo(plain.stdError(), within(1e-12));
            assertThat(adjusted.ci().low()).isCloseTo(plain.ci().low(), within(1e-9));
            assertThat(adjusted.ci().high()).isCloseTo(plain.ci().high(), within(1e-9));
            assertThat(adjusted.pValue()).isCloseTo(plain.pValue(), within(1e-12));
        }
    }

    /** The sums themselves are those of the table. */
    @Test
    void sumsOfTheTable() {
        JsonNode o = Oracles.method("cuped.suff");
        double[] y = doubles(o.get("inputs").get("y"));
        double[] x = doubles(o.get("inputs").get("x"));
        double[] z = doubles(o.get("inputs").get("z"));
        for (int a = 0; a < 2; a++) {
            JsonNode s = o.get("expected").get("arm" + a);
            ArmMoments fromSums = ArmMoments.ofDecimal(DecimalSums.ofMeanWithCovariate(
                    s.get("n").asLong(),
                    s.get("Sy").decimalValue(),
                    s.get("Syy").decimalValue(),
                    s.get("Sx").decimalValue(),
                    s.get("Sxx").decimalValue(),
                    s.get("Sxy").decimalValue()));
            assertThat(arm(y, x, z, a)).isEqualTo(fromSums);
        }
    }

    /** gbstats 0.8.0 CUPED, absolute. */
    @Test
    void pooledAgreesWithGbstats() {
        for (JsonNode c : Oracles.peer("gbstats_cuped_mean")) {
            JsonNode in = c.get("input");
            if (in.get("difference").asText().equals("absolute")) {
                Effect effect = LIN.with(Method.POOLED)
                        .difference(arm(in.get("control")), arm(in.get("treatment")))
                        .orElseThrow();
                WelchTestTest.matches(effect, c.get("expected"), 1e-8);
            }
        }
    }

    @Test
    void withoutACovariateItIsWelch() {
        ArmMoments a = ArmMoments.ofValues(1, 2, 4.5, 7);
        ArmMoments b = ArmMoments.ofValues(2, 2, 5.5, 9);
        for (Method method : Method.values()) {
            assertThat(LIN.with(method).difference(a, b))
                    .isEqualTo(WelchTest.withDefaults().difference(a, b));
        }
    }

    /**
     * Lin's standard error by its definition, where the arms' covariates lie far apart: Σ s²(1/n + (x̄ − c)²/S_xx) with the
     * residual variance s² of each arm's own line.
     */
    @Test
    void theDistanceOfTheCovariatesCosts() {
        double[] x = {0, 1, 2, 3, 4, 10, 12, 13, 15, 17, 20};
        double[] y = {2, 1, 4, 3, 6, 9, 14, 12, 15, 19, 18};
        double[] treat = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1};
        double centre = Arrays.stream(x).average().orElseThrow();
        double variance = lineVariance(x, y, 0, 5, centre) + lineVariance(x, y, 5, 11, centre);
        Effect lin = LIN.difference(arm(y, x, treat, 0), arm(y, x, treat, 1)).orElseThrow();
        assertThat(lin.stdError()).isCloseTo(Math.sqrt(variance), within(1e-12));
    }

    private static double lineVariance(double[] x, double[] y, int from, int to, double centre) {
        double n = to - from;
        double xMean = Arrays.stream(x, from, to).sum() / n;
        double yMean = Arrays.stream(y, from, to).sum() / n;
        double sxx = 0;
        double sxy = 0;
        for (int i = from; i < to; i++) {
            sxx += (x[i] - xMean) * (x[i] - xMean);
            sxy += (x[i] - xMean) * (y[i] - yMean);
        }
        double residuals = 0;
        for (int i = from; i < to; i++) {
            residuals += Math.pow(y[i] - yMean - sxy / sxx * (x[i] - xMean), 2);
        }
        return residuals / (n - 2) * (1 / n + (xMean - centre) * (xMean - centre) / sxx);
    }

    /** One arm without spread of the covariate has no slope and its plain variance. */
    @Test
    void aConstantCovariateInOneArm() {
        double[] ones = {1, 1, 1, 1};
        ArmMoments constant = arm(new double[] {1, 2, 4, 7}, ones, new double[4], 0);
        ArmMoments varied =
                arm(new double[] {3, 5, 6, 9, 11}, new double[] {1, 3, 2, 5, 4}, new double[] {0, 0, 0, 0, 0}, 0);
        Effect effect = LIN.difference(constant, varied).orElseThrow();
        // s²/n of the plain arm is 7/4: deviations −2.5, −1.5, .5, 3.5
        double centre = 19 / 9.0;
        double other = lineVariance(new double[] {1, 3, 2, 5, 4}, new double[] {3, 5, 6, 9, 11}, 0, 5, centre);
        assertThat(effect.stdError()).isCloseTo(Math.sqrt(7 / 4.0 + other), within(1e-12));
    }

    @Test
    void aCovariateThatExplainsEverythingLeavesNoSpread() {
        double[] x = {1, 2, 4, 8};
        ArmMoments exact = arm(new double[] {2, 4, 8, 16}, x, new double[4], 0);
        assertThat(LIN.difference(exact, exact).code()).contains("zero_variance");
    }

    /** Values b ± 1 with 20 units: the standard error of the mean is .22942, and 1.96 of them are .44965. */
    @Test
    void theLogRatioNeedsBothMeansClearOfZero() {
        assertThat(lift(0.46, 5).method()).isEqualTo(RelativeLift.Method.LOG_RATIO);
        assertThat(lift(0.44, 5).method()).isEqualTo(RelativeLift.Method.WALD);
        assertThat(lift(10, 0.46).method()).isEqualTo(RelativeLift.Method.LOG_RATIO);
        assertThat(lift(10, 0.44).method()).isEqualTo(RelativeLift.Method.WALD);
        ArmMoments zero = ArmMoments.ofValues(-1, 1, -1, 1);
        assertThat(LIN.lift(zero, zero, RelativeLift.Method.LOG_RATIO).code()).contains("zero_baseline");
    }

    private static RelativeEffect lift(double control, double treatment) {
        return LIN.lift(around(control), around(treatment), RelativeLift.Method.LOG_RATIO)
                .orElseThrow();
    }

    private static ArmMoments around(double level) {
        return ArmMoments.ofValues(IntStream.range(0, 20)
                .mapToDouble(i -> level + (i % 2 == 0 ? 1 : -1))
                .toArray());
    }

    @Test
    void aSlopeNeedsThreeUnits() {
        ArmMoments two = arm(new double[] {1, 2}, new double[] {1, 3}, new double[] {0, 0}, 0);
        assertThat(LIN.difference(two, two).code()).contains("not_enough_data");
    }

    private static ArmMoments arm(double[] y, double[] x, double[] treat, int arm) {
        int[] rows = IntStream.range(0, y.length).filter(i -> treat[i] == arm).toArray();
        double[] ones = new double[y.length];
        Arrays.fill(ones, 1);
        return ArmMoments.ofDecimal(DecimalSums.ofMeanWithCovariate(
                rows.length,
                sum(rows, y, ones),
                sum(rows, y, y),
                sum(rows, x, ones),
                sum(rows, x, x),
                sum(rows, x, y)));
    }

    private static BigDecimal sum(int[] rows, double[] a, double[] b) {
        BigDecimal total = BigDecimal.ZERO;
        for (int i : rows) {
            total = total.add(new BigDecimal(a[i]).multiply(new BigDecimal(b[i])));
        }
        return total;
    }

    private static ArmMoments arm(JsonNode json) {
        return ArmMoments.ofDecimal(DecimalSums.ofMeanWithCovariate(
                json.get("n").asLong(),
                json.get("post_sum").decimalValue(),
                json.get("post_sum_squares").decimalValue(),
                json.get("pre_sum").decimalValue(),
                json.get("pre_sum_squares").decimalValue(),
                json.get("post_pre_sum_of_products").decimalValue()));
    }
}
