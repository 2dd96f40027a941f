package org.showroomlab.stats.many;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.showroomlab.stats.Oracles.doubles;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.Oracles;

class PValueAdjustmentTest {

    private static final Map<String, PValueAdjustment> R_NAMES =
            Map.of("BH", PValueAdjustment.BENJAMINI_HOCHBERG, "BY", PValueAdjustment.BENJAMINI_YEKUTIELI);

    /** R p.adjust. */
    @Test
    void agreesWithR() {
        for (JsonNode c : Oracles.peer("r_p_adjust")) {
            String name = c.get("input").get("method").asText();
            PValueAdjustment method = R_NAMES.getOrDefault(name, null);
            if (method == null) {
                method = PValueAdjustment.valueOf(name.toUpperCase(Locale.ROOT));
            }
            assertThat(method.adjust(doubles(c.get("input").get("p_values"))))
                    .containsExactly(doubles(c.get("expected").get("p_adjusted")), within(1e-12));
        }
    }

    /** Hommel's is the closed test of Simes: compared with all 2^m − 1 intersections. */
    @Test
    void hommelIsTheClosureOfSimes() {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            double[] p = random.doubles(6).map(u -> u * u).toArray();
            assertThat(PValueAdjustment.HOMMEL.adjust(p)).containsExactly(closureOfSimes(p), within(1e-12));
        }
    }

    @Test
    void orderedByStrictness() {
        Random random = new Random(8);
        double[] p = random.doubles(20).map(u -> u * u * u).toArray();
        double[] previous = PValueAdjustment.BONFERRONI.adjust(p);
        for (PValueAdjustment method : new PValueAdjustment[] {
            PValueAdjustment.HOLM,
            PValueAdjustment.HOCHBERG,
            PValueAdjustment.HOMMEL,
            PValueAdjustment.BENJAMINI_HOCHBERG,
            PValueAdjustment.NONE
        }) {
            double[] next = method.adjust(p);
            for (int i = 0; i < p.length; i++) {
                assertThat(next[i]).isLessThanOrEqualTo(previous[i] + 1e-15);
            }
            previous = next;
        }
    }

    @Test
    void edges() {
        for (PValueAdjustment method : PValueAdjustment.values()) {
            assertThat(method.adjust()).isEmpty();
            assertThat(method.adjust(0.3)).containsExactly(new double[] {0.3}, within(1e-15));
            assertThatThrownBy(() -> method.adjust(0.1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static double[] closureOfSimes(double[] p) {
        double[] adjusted = p.clone();
        for (int set = 1; set < 1 << p.length; set++) {
            int members = set;
            double[] inside = java.util.stream.IntStream.range(0, p.length)
                    .filter(i -> (members >> i & 1) == 1)
                    .mapToDouble(i -> p[i])
                    .sorted()
                    .toArray();
            double simes = 1;
            for (int j = 0; j < inside.length; j++) {
                simes = Math.min(simes, inside.length * inside[j] / (j + 1));
            }
            for (int i = 0; i < p.length; i++) {
                if ((set >> i & 1) == 1) {
                    adjusted[i] = Math.max(adjusted[i], simes);
                }
            }
        }
        return adjusted;
    }
}
