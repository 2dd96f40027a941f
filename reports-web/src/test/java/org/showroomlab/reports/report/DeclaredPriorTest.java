package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaredPriorTest {
    @Test
    void aPriorIsAMeanAndAStandardDeviation() {
        assertThat(DeclaredPrior.parse("-0.01,.05")).isEqualTo(new DeclaredPrior(-0.01, 0.05));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0,", "0,0", "0,-1", "0;1", "1e-3,1", "NaN,1", "0,11", "11,1", "0,1,2"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> DeclaredPrior.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
