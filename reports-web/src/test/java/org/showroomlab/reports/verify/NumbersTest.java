package org.showroomlab.reports.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The SQL that reads numbers and instants, against the JDK's. */
class NumbersTest {
    private final Connection connection;

    NumbersTest() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        new Script(connection).run("numbers.sql");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void numbersAreRoundedHalfEvenToMillionths() throws SQLException {
        List<String> numbers = new ArrayList<>(List.of(
                "0",
                "-0",
                "0e5",
                "1e-7",
                "5e-7",
                "15e-7",
                "0.0000005000000000000000001",
                "-0.0000015",
                "1e12",
                "99e-8"));
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            String digits = Long.toString(random.nextLong() >> random.nextInt(60));
            String fraction =
                    random.nextBoolean() ? "." + (random.nextInt(1000) * 5L) + "0".repeat(random.nextInt(3)) : "";
            String exponent = random.nextBoolean() ? "" : (random.nextBoolean() ? "e" : "E+") + random.nextInt(4);
            numbers.add(digits + fraction + exponent.replace("e", "e-" + random.nextInt(2)));
        }
        for (String number : numbers) {
            BigDecimal expected = new BigDecimal(number).setScale(6, RoundingMode.HALF_EVEN);
            assertThat(evaluated("micros(" + Sql.text(number) + ")"))
                    .as(number)
                    .isEqualTo(expected.unscaledValue().toString());
            assertThat(evaluated("plain(micros(" + Sql.text(number) + "))"))
                    .as(number)
                    .isEqualTo(
                            expected.signum() == 0
                                    ? "0"
                                    : expected.stripTrailingZeros().toPlainString());
        }
    }

    @Test
    void amountsAreWholeHoweverTheyAreWritten() throws SQLException {
        assertThat(evaluated("whole('12')")).isEqualTo("12");
        assertThat(evaluated("whole('1.200e2')")).isEqualTo("120");
        assertThat(evaluated("whole('12.0')")).isEqualTo("12");
        assertThat(evaluated("whole('-0.0')")).isEqualTo("0");
        assertThat(evaluated("whole('9223372036854775807')")).isEqualTo("9223372036854775807");
        for (String refused : List.of("9223372036854775808", "-1", "1.5", "1e-3", "1e30", "1e999")) {
            assertThat(evaluated("whole(" + Sql.text(refused) + ")"))
                    .as(refused)
                    .isNull();
        }
    }

    @Test
    void aNumberThatIsNotThereIsNone() throws SQLException {
        assertThat(evaluated("micros(null)")).isNull();
        assertThat(evaluated("whole(null)")).isNull();
    }

    @Test
    void instantsHaveAnOffset() throws SQLException {
        for (String instant : List.of(
                "2026-01-05T09:30:00Z",
                "2026-01-05T09:30:00.123999+01:00",
                "2024-02-29T23:59:59.9-05:30",
                "1970-01-01T00:00:00+00:00",
                "9999-12-31T23:59:59.999Z")) {
            assertThat(evaluated("instant_millis(" + Sql.text(instant) + ")"))
                    .as(instant)
                    .isEqualTo(Long.toString(
                            OffsetDateTime.parse(instant).toInstant().toEpochMilli()));
        }
        assertThat(evaluated("instant_millis('2026-01-05T09:30:00+23:59')"))
                .isEqualTo(evaluated("instant_millis('2026-01-04T09:31:00Z')"));
        assertThat(evaluated("instant_millis('2026-01-05T09:30:00-18:01')"))
                .isEqualTo(evaluated("instant_millis('2026-01-06T03:31:00Z')"));
        for (String refused : List.of(
                "2026-01-05T00:00:00+24:00",
                "2026-01-05T00:00:00+23:60",
                "2026-02-29T00:00:00Z",
                "2026-01-05T24:00:00Z",
                "2026-01-05T00:00:60Z",
                "2026-01-05T00:00:00",
                "2026-01-05T00:00:00+0100",
                "2026-01-05T00:00:00+01",
                "2026-01-05T00:00:00-01:00:30",
                "2026-01-05T00:00:00.Z",
                "2026-01-05T00:00+01:00:30",
                "+02026-01-05T00:00:00Z",
                "2026-01-05 at nine o'clock")) {
            assertThat(evaluated("instant_millis(" + Sql.text(refused) + ")"))
                    .as(refused)
                    .isNull();
        }
    }

    private @Nullable String evaluated(String expression) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select (" + expression + ")::varchar")) {
            row.next();
            return row.getString(1);
        }
    }
}
