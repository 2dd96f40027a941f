package org.showroomlab.reports.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTableTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain|plain",
                "with, comma|\"with, comma\"",
                "a \"quote\"|\"a \"\"quote\"\"\"",
                "=1+1|'=1+1",
                "+cmd|'+cmd",
                "-2|-2",
                "+1.50|+1.50",
                "-2-3|'-2-3",
                "@sum|@sum",
                "@luz.de_sol-7|@luz.de_sol-7",
                "@sum(a1)|'@sum(a1)",
                "@|'@",
                "=a,b|\"'=a,b\""
            })
    void textIsQuotedAndNeverAFormula(String text, String written) {
        assertThat(row(text)).isEqualTo(written);
    }

    @Test
    void lineBreaksAreQuoted() {
        assertThat(row("two\nlines")).isEqualTo("\"two\nlines\"");
        assertThat(row("\tx")).isEqualTo("'\tx");
    }

    @Test
    void numbersStayNumbersAndNothingIsEmpty() {
        assertThat(row(-2.5)).isEqualTo("-2.5");
        CsvTable table = new CsvTable(List.of("a", "b"));
        table.row(Arrays.asList(null, 1L));
        assertThat(text(table)).isEqualTo("a,b\r\n,1\r\n");
    }

    private static String row(Object cell) {
        CsvTable table = new CsvTable(List.of("a"));
        table.row(List.of(cell));
        return text(table).substring(3).replaceAll("\r\n$", "");
    }

    private static String text(CsvTable table) {
        return new String(table.bytes(), StandardCharsets.UTF_8);
    }
}
