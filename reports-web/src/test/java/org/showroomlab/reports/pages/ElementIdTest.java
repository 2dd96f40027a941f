package org.showroomlab.reports.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ElementIdTest {
    @Test
    void anythingIsOneName() {
        assertThat(ElementId.of("daily", "revenue", "new price")).isEqualTo("daily.revenue.new_20_price");
        assertThat(ElementId.of("é)")).isEqualTo("_e9__29_");
    }

    @Test
    void otherPartsHaveAnotherName() {
        assertThat(ElementId.of("a-b", "c")).isNotEqualTo(ElementId.of("a", "b-c"));
        assertThat(ElementId.of("a.b")).isNotEqualTo(ElementId.of("a", "b"));
        assertThat(ElementId.of("a_20_b")).isNotEqualTo(ElementId.of("a b"));
    }
}
