package org.showroomlab.ingest.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.event.AttributeValue;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventHeader;

class FilterTest {
    private static final Event SALE = new Event.Purchase(
            new EventHeader(
                    "p1",
                    1,
                    "s",
                    "north",
                    null,
                    null,
                    null,
                    Map.of(),
                    Map.of(
                            "tier", new AttributeValue.Text("2"),
                            "rounds", new AttributeValue.Numeric(new BigDecimal("30.000000")))),
            "u",
            "o",
            "sale",
            null,
            2_000_000,
            OptionalLong.of(500),
            "EUR",
            null);

    @Test
    void conditionsMatchTextNumbersAndAttributes() {
        assertThat(where("{kind: [sale, renewal]}").matches(SALE)).isTrue();
        assertThat(where("{kind: renewal}").matches(SALE)).isFalse();
        assertThat(where("{quantity: 2}").matches(SALE)).isTrue();
        assertThat(where("{quantity: 2.0, amount_minor: 500}").matches(SALE)).isTrue();
        assertThat(where("{attributes.rounds: 30}").matches(SALE)).isTrue();
        assertThat(where("{attributes.tier: 2}").matches(SALE)).isTrue();
        assertThat(where("{plan: gold}").matches(SALE)).as("absent field").isFalse();
        assertThat(where("{kind: sale, region: south}").matches(SALE)).isFalse();
    }

    @Test
    void whatIsSubtractedKeepsTheOtherConditions() {
        Filter subtract = where("{kind: sale, region: north}").overriddenBy(where("{kind: refund}"));
        assertThat(subtract.conditions())
                .extracting(c -> c.field().name() + c.texts())
                .containsExactlyInAnyOrder("kind[refund]", "region[north]");
    }

    private static Filter where(String conditions) {
        String yaml = """
                id: x
                start: 2026-01-05T00:00:00Z
                end: 2026-01-06T00:00:00Z
                variants: [{id: a, control: true}, {id: b}]
                metrics: [{id: m, type: mean, event: purchase, where: %s}]
                """.formatted(conditions);
        return ExperimentFiles.parse("x.yaml", yaml)
                .experiment()
                .metrics()
                .get(0)
                .measure()
                .where();
    }
}
