package org.showroomlab.stats.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.showroomlab.stats.Oracles.doubles;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.Oracles;
import org.showroomlab.stats.monitoring.GroupSequential.Boundaries;

class GroupSequentialTest {

    private static final GroupSequential OF = GroupSequential.withDefaults();

    /** rpact asOF and sfLDPocock; the plan of a 48-hour drop. */
    @Test
    void spendingBoundaries() {
        matches("seq.ld.of8", OF);
        matches("seq.ld.poc5", OF.with(Spending.POCOCK));
        JsonNode three = Oracles.method("seq.ld.3two").get("expected").get("z");
        Boundaries b = OF.boundaries(1.0 / 3, 2.0 / 3, 1);
        for (int k = 0; k < 3; k++) {
            assertThat(b.z().get(k)).isCloseTo(three.get(k).asDouble(), within(2e-5));
        }
    }

    private static void matches(String id, GroupSequential design) {
        JsonNode o = Oracles.method(id);
        Boundaries b = design.boundaries(doubles(o.get("inputs").get("t")));
        double[] z = doubles(o.get("expected").get("z"));
        double[] spent = doubles(o.get("expected").get("cum_alpha"));
        for (int k = 0; k < z.length; k++) {
            assertThat(b.z().get(k)).isCloseTo(z[k], within(2e-5));
            assertThat(b.cumulativeAlpha().get(k)).isCloseTo(spent[k], within(1e-7));
        }
    }

    /** Jennison and Turnbull tables 2.1 and 2.3; rpact. */
    @Test
    void classicalConstants() {
        JsonNode o = Oracles.method("seq.obf");
        for (int i = 0; i < o.get("inputs").get("K").size(); i++) {
            assertThat(EqualLooks.obrienFleming(o.get("inputs").get("K").get(i).asInt(), 0.05))
                    .isCloseTo(o.get("expected").get("c").get(i).asDouble(), within(2e-4));
        }
        JsonNode other = Oracles.method("seq.poc.obf.other");
        for (int i = 0; i < 5; i++) {
            int looks = other.get("inputs").get("K").get(i).asInt();
            for (String level : new String[] {".01", ".10"}) {
                double alpha = Double.parseDouble(level);
                assertThat(EqualLooks.pocock(looks, alpha))
                        .isCloseTo(
                                other.get("expected")
                                        .get("pocock_" + level)
                                        .get(i)
                                        .asDouble(),
                                within(2e-4));
                assertThat(EqualLooks.obrienFleming(looks, alpha))
                        .isCloseTo(
                                other.get("expected").get("obf_" + level).get(i).asDouble(), within(2e-4));
            }
        }
    }

    /** Armitage, McPherson and Rowe 1969. */
    @Test
    void whatPeekingCosts() {
        JsonNode o = Oracles.method("seq.naive.peek");
        for (int i = 0; i < o.get("inputs").get("K").size(); i++) {
            assertThat(EqualLooks.falseAlarms(o.get("inputs").get("K").get(i).asInt(), 1.959963985))
                    .isCloseTo(o.get("expected").get("fpr").get(i).asDouble(), within(2e-4));
        }
    }

    /** Lan and Wittes 1988. */
    @Test
    void conditionalPower() {
        assertThat(ConditionalPower.underCurrentTrend(0.5, 1.8, 1.959964))
                .isCloseTo(Oracles.method("seq.cp").get("expected").get("cp").asDouble(), within(1e-8));
    }

    @Test
    void edges() {
        Boundaries early = OF.boundaries(0.0001, 0.5, 1);
        assertThat(early.z().get(0)).isInfinite();
        assertThat(early.z().get(2)).isCloseTo(OF.boundaries(0.5, 1).z().get(1), within(1e-6));
        assertThat(OF.boundaries(1).z().get(0)).isCloseTo(1.959963985, within(1e-7));
        assertThatThrownBy(() -> OF.boundaries(0.5, 0.5)).isInstanceOf(IllegalArgumentException.class);
        double[] hourly = DoubleStream.iterate(1, i -> i <= 48, i -> i + 1)
                .map(i -> i / 48)
                .toArray();
        assertThat(OF.boundaries(hourly).cumulativeAlpha().get(47)).isEqualTo(0.025);
    }
}
