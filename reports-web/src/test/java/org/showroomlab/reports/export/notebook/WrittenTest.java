package org.showroomlab.reports.export.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenTest {
    /** By the rules of CommonMark a punctuation mark after a backslash stands for itself. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "- a list | \\- a list",
                "+1.2 % | \\+1.2 %",
                "=== | \\===",
                "1. a list | 1\\. a list",
                "12) a list | 12\\) a list",
                "1.5 of 2 | 1\\.5 of 2",
                "A lower-price test | A lower-price test",
                "*not strong* | \\*not strong\\*"
            })
    void textStaysText(String text, String markdown) {
        assertThat(Written.markdown(text)).isEqualTo(markdown);
    }

    @ParameterizedTest
    @CsvSource({"'    code', code", "'one\ntwo', one two"})
    void textIsOneLine(String text, String markdown) {
        assertThat(Written.markdown(text)).isEqualTo(markdown);
    }
}
