package org.showroomlab.jobs.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultCodecTest {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 5);
    private static final BigInteger WIDE = BigInteger.TWO.pow(127).subtract(BigInteger.ONE);

    private static final List<ResultRow> ROWS = List.of(
            new UnitStatistic("e", "m", "a", "market", "größer \"DE\"", DAY, -3, Long.MAX_VALUE, sums(WIDE.negate())),
            new ClusterStatistic("e", "m", "a", "", "", "lisboa", 17, DAY, 5, WIDE, WIDE.negate(), -1, BigInteger.ONE),
            new HistogramCounts(
                    "e", "m", "a", "", "", "c\u001f1", 0, DAY, List.of(-7, 0, 2000), List.of(1L, -2L, Long.MIN_VALUE)),
            new HistogramCounts("e", "m", "a", "", "", "c", 0, DAY, List.of(), List.of()),
            new LifeTableCount("e", "a", "preorder", 3, "picked_up", 12, DAY, 9),
            new StockCount("e", "report", "lisboa", "lamp", "a", 1_767_571_200_000L, 4, DAY, 1, BigInteger.TEN),
            new ShowroomProgress("lisboa", Long.MIN_VALUE),
            new AccountingRow("visits", 9, 1, 2, 3, 4, 5, 6, 7, 8),
            new DeadLetterRow("visits", "0/12", "bad_json", null, "no } here", new byte[] {0, -1, 10, 123}),
            new DeadLetterRow("visits.ndjson", "12", "missing_field", "ts", "ts is required", new byte[0]),
            new RolledBack(
                    1,
                    64,
                    7,
                    12,
                    3,
                    "5f",
                    List.of(new CountedExperiment("e", "e.yaml", "id: e\n"), new CountedExperiment("other", "", ""))),
            new Cut(1, 64, 2, 12, "5f", Long.MAX_VALUE),
            new Settled(1, 64, 7, "5f"));

    private static List<BigInteger> sums(BigInteger each) {
        return Collections.nCopies(UnitStatistic.Sum.values().length, each);
    }

    @Test
    void everyKindOfRowComesBackAsItWas() {
        for (ResultRow row : ROWS) {
            assertThat(ResultCodec.decode(ResultCodec.encode(row))).isEqualTo(row);
            ResultCodec.Stamped said =
                    ResultCodec.decodeStamped(ResultCodec.encode("drop-monitor", row, new Stamp(3, 77, "5f", 12)));
            assertThat(said.row()).isEqualTo(row);
            assertThat(said.job()).isEqualTo("drop-monitor");
            assertThat(said.stamp()).isEqualTo(Optional.of(new Stamp(3, 77, "5f", 12)));
            assertThat(ResultCodec.decodeStamped(ResultCodec.encode("drop-monitor", row))
                            .stamp())
                    .isEmpty();
            assertThat(ResultCodec.decodeStamped(ResultCodec.encode("drop-monitor", "5f", row)))
                    .isEqualTo(new ResultCodec.Stamped("drop-monitor", "5f", row, Optional.empty()));
        }
    }

    /** In base64, longer than a JSON library takes a text to be by default. */
    @Test
    void aRecordThatWasSetAsideMayBeLong() {
        DeadLetterRow row = new DeadLetterRow("visits.ndjson", "1", "too_long", null, "", new byte[16 << 20]);
        assertThat(ResultCodec.decode(ResultCodec.encode(row))).isEqualTo(row);
    }

    /** What other programs read from the topic. */
    @Test
    void aRowIsOneJsonObject() {
        assertThat(new String(ResultCodec.encode("j", new ShowroomProgress("lisboa", 5)), StandardCharsets.UTF_8))
                .isEqualTo("{\"row\":\"showroom_progress\",\"showroom\":\"lisboa\",\"newest_millis\":5,\"job\":\"j\"}");
    }

    @Test
    void whatIsNoRowIsRefused() {
        for (String text : List.of("", "{", "[]", "{\"row\":\"other\"}", "\"row\"")) {
            assertThatThrownBy(() -> ResultCodec.decode(text.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
