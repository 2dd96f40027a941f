package org.showroomlab.reports.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.25, +0.25",
        "-1500, \u22121500",
        "10000, +10 k",
        "-200000, \u2212200 k",
        "3e6, +3 m",
        "2.5e9, +2.5 bn",
        "3e12, +3 tn",
        "-4e15, \u22124000 tn"
    })
    void anAxisHasRoomForFewCharacters(double value, String label) {
        assertThat(Figures.label(value)).isEqualTo(label.replace(' ', '\u202f'));
    }
}
