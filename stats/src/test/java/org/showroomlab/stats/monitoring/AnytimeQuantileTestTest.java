package org.showroomlab.stats.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.Oracles;

class AnytimeQuantileTestTest {

    /** The unit tests of confseq: A = 1..1000, B = A + offset, tuned to 100. */
    @Test
    void agreesWithConfseq() {
        JsonNode o = Oracles.method("seq.quantile.ab");
        double[] a = DoubleStream.iterate(1, x -> x + 1).limit(1000).toArray();
        for (int i = 0; i < 4; i++) {
            double share = o.get("inputs").get("cases").get(i).get(0).asDouble();
            double offset = o.get("inputs").get("cases").get(i).get(1).asDouble();
            double[] b = Arrays.stream(a).map(x -> x + offset).toArray();
            AnytimeQuantileTest test = AnytimeQuantileTest.of(share, 100);
            assertThat(test.pValue(a, b).orElseThrow())
                    .isCloseTo(o.get("expected").get("p").get(i).asDouble(), within(1e-5));
            assertThat(test.pValue(b, a).orElseThrow())
                    .isCloseTo(o.get("expected").get("p").get(i).asDouble(), within(1e-5));
        }
    }

    /** The unit tests of confseq. */
    @Test
    void boundsAgreeWithConfseq() {
        JsonNode o = Oracles.method("seq.quantile.cs");
        double[] lil = Oracles.doubles(o.get("inputs").get("empirical_process_lil"));
        assertThat(EmpiricalProcessBound.of(lil[1], lil[2], lil[3]).bound(lil[0]))
                .isCloseTo(o.get("expected").get("lil").asDouble(), within(1e-5));
        for (int i = 0; i < 3; i++) {
            double[] in =
                    Oracles.doubles(o.get("inputs").get("double_stitching").get(i));
            assertThat(DoubleStitchingBound.tunedTo(in[3]).withAlpha(in[2]).bound(in[0], in[1]))
                    .isCloseTo(o.get("expected").get("double").get(i).asDouble(), within(1e-5));
        }
    }

    /**
     * Theorem 4 of Howard and Ramdas (2022) evaluated in double precision with other settings than the usual ones, whose 2δ =
     * 1 hides a factor; the same lines give confseq's values above.
     */
    @Test
    void doubleStitchingWithOtherSettings() {
        DoubleStitchingBound bound = new DoubleStitchingBound(0.05, 100, 0.8, 1.7, 2.2);
        assertThat(bound.bound(0.2, 5000)).isCloseTo(164.16477681864464, within(1e-9));
        assertThat(bound.bound(0.8, 5000)).isCloseTo(143.9836935464071, within(1e-9));
        assertThat(bound.bound(0.2, 50)).isCloseTo(21.646743965892096, within(1e-9));
        for (double[] outside : new double[][] {{0, 10}, {1, 10}, {0.5, 0.99}}) {
            assertThatThrownBy(() -> bound.bound(outside[0], outside[1])).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(bound.bound(0.5, 1)).isPositive();
    }

    /** ζ(2) = π²/6, ζ(4) = π⁴/90; ζ(1.4) = 3.105472... by the same sum over 10^7 terms and its tail. */
    @Test
    void zeta() {
        assertThat(Zeta.of(2)).isCloseTo(Math.PI * Math.PI / 6, within(1e-14));
        assertThat(Zeta.of(4)).isCloseTo(Math.pow(Math.PI, 4) / 90, within(1e-14));
        double sum = 0;
        int terms = 10_000_000;
        for (int k = terms; k >= 1; k--) {
            sum += Math.pow(k, -1.4);
        }
        double tail = Math.pow(terms, -0.4) / 0.4 - Math.pow(terms, -1.4) / 2;
        assertThat(Zeta.of(1.4)).isCloseTo(sum + tail, within(1e-10));
        assertThatThrownBy(() -> Zeta.of(1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void edges() {
        AnytimeQuantileTest median = AnytimeQuantileTest.of(0.5, 50);
        assertThat(median.pValue(new double[0], new double[] {1}).code()).contains("not_enough_data");
        double[] same = new double[500];
        assertThat(median.pValue(same, same).orElseThrow()).isEqualTo(1);
        double[] other = new double[500];
        Arrays.fill(other, 1);
        assertThat(median.pValue(same, other).orElseThrow()).isLessThan(1e-100);
        assertThat(EmpiricalProcessBound.of(0.05, 100).bound(99)).isInfinite();
        assertThat(EmpiricalProcessBound.of(1e-9, 100).c()).isGreaterThan(20);
        assertThatThrownBy(() -> AnytimeQuantileTest.of(1, 50)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> median.pValue(new double[] {Double.NaN}, same))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
