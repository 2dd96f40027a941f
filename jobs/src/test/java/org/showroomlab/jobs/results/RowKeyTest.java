package org.showroomlab.jobs.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowKeyTest {
    /** All pairs of texts of up to three of the characters that could be mistaken. */
    @Test
    void differentPartsHaveDifferentKeys() {
        List<String> characters = List.of("", "a", "e", "s", "\u001e", "\u001f");
        Set<String> texts = new HashSet<>();
        for (String one : characters) {
            for (String two : characters) {
                characters.forEach(three -> texts.add(one + two + three));
            }
        }
        Set<String> keys = new HashSet<>();
        for (String first : texts) {
            texts.forEach(
                    second -> assertThat(keys.add(RowKey.of(first, second))).isTrue());
        }
        assertThat(RowKey.of("u", "plain text")).isEqualTo("u\u001fplain text");
    }
}
