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
