package org.showroomlab.jobs.packed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NameTableTest {
    @Test
    void namesOfAnyLengthHaveNumbersInTheOrderOfTheirFirstSight() {
        NameTable table = new NameTable();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 500; i++) {
                String name = "showroom-in-a-long-street-".substring(0, i % 27) + i;
                assertThat(table.number(name)).isEqualTo(i);
                byte[] text = ("\"" + name + "\"").getBytes(StandardCharsets.UTF_8);
                assertThat(table.find(text, 1, text.length - 2)).isEqualTo(i);
                assertThat(table.name(i)).isEqualTo(name);
            }
        }
        assertThat(table.size()).isEqualTo(500);
        assertThat(table.find(new byte[] {'x'}, 0, 1)).isEqualTo(-1);
    }
}
