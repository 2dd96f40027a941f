package org.showroomlab.stats.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.Oracles;

class SequentialSampleRatioTest {

    /** Lindon and Malek 2022 as in gbstats, recomputed in Python. */
    @Test
    void runningPValues() {
        JsonNode o = Oracles.method("srm.seq");
        for (int c = 0; c < o.get("expected").get("p").size(); c++) {
            List<long[]> steps = new ArrayList<>();
            o.get("inputs").get("cases").get(c).forEach(step -> steps.add(Oracles.longs(step)));
            List<Double> p =
                    SequentialSampleRatio.pValues(steps, new double[] {1, 1}).orElseThrow();
            JsonNode expected = o.get("expected").get("p").get(c);
            assertThat(p).hasSize(expected.size());
            for (int i = 0; i < p.size(); i++) {
                assertThat(p.get(i)).isCloseTo(expected.get(i).asDouble(), Percentage.withPercentage(1e-4));
            }
        }
    }

    @Test
    void ofTotalsItIsTheLastOfTheIncrements() {
        List<long[]> steps = List.of(new long[] {900, 700}, new long[] {3_000, 3_600}, new long[] {5_000, 5_000});
        List<long[]> totals = List.of(new long[] {900, 700}, new long[] {3_900, 4_300}, new long[] {8_900, 9_300});
        double[] weights = {1, 1};
        List<Double> p = SequentialSampleRatio.pValues(steps, weights).orElseThrow();
        for (int i = 1; i <= steps.size(); i++) {
            assertThat(SequentialSampleRatio.pValueOfTotals(totals.subList(0, i), weights)
                            .orElseThrow())
                    .isCloseTo(p.get(i - 1), Percentage.withPercentage(1e-6));
        }
        assertThat(SequentialSampleRatio.pValueOfTotals(List.of(), weights).code())
                .contains("not_enough_data");
    }

    @Test
    void neverRises() {
        List<long[]> steps = List.of(new long[] {90, 10}, new long[] {10, 90}, new long[] {0, 0});
        List<Double> p =
                SequentialSampleRatio.pValues(steps, new double[] {.5, .5}).orElseThrow();
        assertThat(p.get(1)).isEqualTo(p.get(0));
        assertThat(p.get(2)).isEqualTo(p.get(1));
        assertThat(SequentialSampleRatio.pValues(List.of(), new double[] {1, 1}).code())
                .contains("not_enough_data");
    }
}
