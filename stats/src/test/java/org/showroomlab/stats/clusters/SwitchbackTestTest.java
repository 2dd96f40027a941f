package org.showroomlab.stats.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.Effect;

class SwitchbackTestTest {
    /** ±(10¹³ + i): every sum of ten is an integer, so what is a tie does not depend on the level. */
    @Test
    void largeDifferencesAreFlippedExactly() {
        long[] whole = new long[10];
        Arrays.setAll(whole, i -> (i % 3 == 0 ? -1 : 1) * (10_000_000_000_000L + 37L * i * i));
        long observed = Math.abs(Arrays.stream(whole).sum());
        long extreme = 0;
        for (int signs = 0; signs < 1 << whole.length; signs++) {
            long sum = 0;
            for (int i = 0; i < whole.length; i++) {
                sum += (signs >> i & 1) == 1 ? whole[i] : -whole[i];
            }
            extreme += Math.abs(sum) >= observed ? 1 : 0;
        }
        double[] differences = Arrays.stream(whole).asDoubleStream().toArray();
        assertThat(SwitchbackTest.withDefaults()
                        .signFlip(differences)
                        .orElseThrow()
                        .count())
                .isEqualTo(extreme);
        // 0.1 + 0.2 and 0.3 are ties though doubles differ
        assertThat(SwitchbackTest.withDefaults()
                        .signFlip(0.1, 0.2, -0.3)
                        .orElseThrow()
                        .count())
                .isEqualTo(8);
    }

    /** Equal differences make the sign-flip test binomial: 21 of 30 pairs up. */
    @Test
    void sampledSignFlipIsBinomial() {
        double[] differences = new double[30];
        Arrays.setAll(differences, i -> i < 21 ? 2 : -2);
        BinomialDistribution ups = BinomialDistribution.of(30, 0.5);
        double greater = ups.survivalProbability(20);
        SwitchbackTest test = SwitchbackTest.withDefaults();
        RandomizationResult up =
                test.with(Alternative.GREATER).signFlip(differences).orElseThrow();
        assertThat(up.exact()).isFalse();
        assertThat(up.of()).isEqualTo(100_000);
        assertThat(up.pValue()).isCloseTo(greater, within(0.003));
        assertThat(test.with(Alternative.LESS)
                        .signFlip(differences)
                        .orElseThrow()
                        .pValue())
                .isCloseTo(ups.cumulativeProbability(21), within(0.003));
        assertThat(test.signFlip(differences).orElseThrow().pValue()).isCloseTo(2 * greater, within(0.004));
        assertThat(test.withSeed(9)
                        .with(Alternative.GREATER)
                        .signFlip(differences)
                        .orElseThrow()
                        .count())
                .isNotEqualTo(up.count());
        double[] few = Arrays.copyOf(differences, 22);
        assertThat(test.with(Alternative.LESS).signFlip(few).orElseThrow().exact())
                .isTrue();
        assertThat(test.signFlip(Arrays.copyOf(differences, 23)).orElseThrow().exact())
                .isFalse();
    }

    /** The same of many pairs, more than a single draw of random bits is good for. */
    @Test
    void manySampledSignsAreBinomial() {
        double[] differences = new double[203];
        Arrays.setAll(differences, i -> i < 112 ? 2 : -2);
        BinomialDistribution ups = BinomialDistribution.of(203, 0.5);
        SwitchbackTest test = SwitchbackTest.withDefaults();
        assertThat(test.with(Alternative.GREATER)
                        .signFlip(differences)
                        .orElseThrow()
                        .pValue())
                .isCloseTo(ups.survivalProbability(111), within(0.004));
        assertThat(test.with(Alternative.LESS)
                        .signFlip(differences)
                        .orElseThrow()
                        .pValue())
                .isCloseTo(ups.cumulativeProbability(112), within(0.004));
    }

    /** All sign patterns, one by one. */
    @Test
    void signFlipByDefinition() {
        double[] d = {1, 2, 3, 4, -5, 2.5, 0.5};
        for (Alternative alternative : Alternative.values()) {
            double observed = WildClusterBootstrapTest.oriented(Arrays.stream(d).sum(), alternative);
            long extreme = 0;
            for (int pattern = 0; pattern < 1 << d.length; pattern++) {
                double total = 0;
                for (int i = 0; i < d.length; i++) {
                    total += (pattern >> i & 1) == 1 ? d[i] : -d[i];
                }
                extreme += WildClusterBootstrapTest.oriented(total, alternative) >= observed ? 1 : 0;
            }
            RandomizationResult result =
                    SwitchbackTest.withDefaults().with(alternative).signFlip(d).orElseThrow();
            assertThat(result.count()).isEqualTo(extreme);
            assertThat(result.of()).isEqualTo(128);
        }
    }

    @Test
    void switchbackEdges() {
        SwitchbackTest test = SwitchbackTest.withDefaults();
        assertThat(test.signFlip(Double.MAX_VALUE, -Double.MAX_VALUE).code()).contains("out_of_range");
        assertThat(test.difference(3, 3, 3).code()).contains("zero_variance");
        assertThat(test.difference(3, 3.001).value()).isPresent();
        // the smallest spread that is more than rounding
        assertThat(test.difference(1e6, 1e6 + 1e-3).value()).isPresent();
    }

    @Test
    void switchbackFlipsSigns() {
        SwitchbackTest test = SwitchbackTest.withDefaults();
        RandomizationResult result = test.signFlip(1, 2, 3, 4, 5, 6).orElseThrow();
        assertThat(result.of()).isEqualTo(64);
        assertThat(result.count()).isEqualTo(2);
        assertThat(result.estimate()).isEqualTo(3.5);
        Effect t = test.difference(1, 2, 3, 4, 5, 6).orElseThrow();
        assertThat(t.stdError()).isCloseTo(Math.sqrt(3.5 / 6), within(1e-12));
        assertThat(t.df().orElseThrow()).isEqualTo(5);
        assertThat(test.difference(1).code()).contains("not_enough_data");
        assertThat(test.signFlip().code()).contains("not_enough_data");
        double[] many = new double[40];
        Arrays.setAll(many, i -> Math.sin(i) + 0.3);
        assertThat(test.signFlip(many).orElseThrow().pValue())
                .isCloseTo(test.difference(many).orElseThrow().pValue(), within(0.02));
    }
}
