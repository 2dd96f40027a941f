package org.showroomlab.stats.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.Oracles;

class SampleRatioMismatchTest {

    /** Kohavi, Tang and Xu 2020, chapter 3; R chisq.test. */
    @Test
    void kohavi() {
        JsonNode expected = Oracles.method("srm.kohavi").get("expected");
        SampleRatioMismatch srm = SampleRatioMismatch.test(new long[] {821588, 815482}, new double[] {.5, .5})
                .orElseThrow();
        assertThat(srm.statistic()).isCloseTo(expected.get("chisq").asDouble(), within(1e-7));
        assertThat(srm.pValue()).isCloseTo(expected.get("p").asDouble(), Percentage.withPercentage(1e-4));
        assertThat(srm.blocks()).isTrue();
    }

    /** R chisq.test. */
    @Test
    void agreesWithR() {
        for (JsonNode c : Oracles.peer("r_srm")) {
            SampleRatioMismatch srm = SampleRatioMismatch.test(
                            Oracles.longs(c.get("input").get("observed")),
                            Oracles.doubles(c.get("input").get("weights")))
                    .orElseThrow();
            assertThat(srm.statistic()).isCloseTo(c.get("expected").get("chisq").asDouble(), within(1e-10));
            assertThat(srm.df()).isEqualTo(c.get("expected").get("df").asInt());
            assertThat(srm.pValue()).isCloseTo(c.get("expected").get("p_value").asDouble(), within(1e-12));
        }
    }

    @Test
    void edges() {
        assertThat(SampleRatioMismatch.test(new long[] {0, 0}, new double[] {1, 1})
                        .code())
                .contains("not_enough_data");
        assertThat(SampleRatioMismatch.test(new long[] {5, 4, 1}, new double[] {1, 1, 0})
                        .code())
                .contains("zero_weight");
        assertThatThrownBy(() -> SampleRatioMismatch.test(new long[] {5, 4}, new double[] {1, Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(SampleRatioMismatch.test(new long[] {0, 1000}, new double[] {1, 1})
                        .orElseThrow()
                        .pValue())
                .isBetween(1e-220, 1e-215);
    }
}
