package org.showroomlab.reports.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.showroomlab.reports.analyze.AskedArms.close;
import static org.showroomlab.reports.analyze.AskedArms.closeInterval;
import static org.showroomlab.reports.analyze.AskedArms.mean;
import static org.showroomlab.reports.analyze.AskedArms.pair;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** Numbers that are large for a double. */
class AnalyzeMagnitudesTest {
    /** What overflows a double on the way is null or an error, never NaN or Infinity. */
    @Test
    void nothingBeyondADouble() {
        JsonNode result = Asked.one("{'type':'shrink','estimates':[1,1e200],'std_errors':[1e-200,1]}");
        assertThat(result.get("mu").isNull()).isTrue();
        assertThat(result.get("reason").asText()).isNotBlank();
        assertThat(pair("mean", mean(10, "1e300", "1e305"), mean(10, "1", "1e300"), "")
                        .has("error"))
                .isTrue();
    }

    /** 2^63 + (0, 1, 2, 3) against 2^63 + (1, 2, 3, 5), as JSON numbers. */
    @Test
    void sumsBeyondLongAreExact() {
        BigInteger base = BigInteger.ONE.shiftLeft(63);
        String[] arms = new String[2];
        long[][] values = {{0, 1, 2, 3}, {1, 2, 3, 5}};
        for (int a = 0; a < 2; a++) {
            BigInteger sum = BigInteger.ZERO;
            BigInteger squares = BigInteger.ZERO;
            for (long value : values[a]) {
                BigInteger v = base.add(BigInteger.valueOf(value));
                sum = sum.add(v);
                squares = squares.add(v.multiply(v));
            }
            arms[a] = mean(4, sum.toString(), squares.toString());
        }
        JsonNode difference = pair("mean", arms[0], arms[1], "").get("difference");
        JsonNode small =
                pair("mean", mean(4, "6", "14"), mean(4, "11", "39"), "").get("difference");
        for (String key : new String[] {"estimate", "std_error", "df", "p_value"}) {
            close(difference, key, small.get(key), 1e-12);
        }
        closeInterval(difference.get("ci"), small.get("ci"), 1e-12);
    }

    /** The same level on everything changes no comparison: means near 10¹⁵, and cluster sums near 10¹⁴. */
    @Test
    void aSharedLevelChangesNoComparison() {
        String[][] arms = new String[2][2];
        long[][] values = {{3, 9, 4, 7, 5, 1, 8}, {11, 2, 6, 9, 14, 3}};
        for (int a = 0; a < 2; a++) {
            for (int far = 0; far < 2; far++) {
                BigInteger level = BigInteger.TEN.pow(15).multiply(BigInteger.valueOf(far));
                BigInteger sum = BigInteger.ZERO;
                BigInteger squares = BigInteger.ZERO;
                for (long value : values[a]) {
                    BigInteger v = level.add(BigInteger.valueOf(value));
                    sum = sum.add(v);
                    squares = squares.add(v.multiply(v));
                }
                arms[far][a] = mean(values[a].length, sum.toString(), squares.toString());
            }
        }
        JsonNode near =
                pair("anytime", arms[0][0], arms[0][1], ",'tuning_n':20").get("difference");
        JsonNode far = pair("anytime", arms[1][0], arms[1][1], ",'tuning_n':20").get("difference");
        close(far, "estimate", near.get("estimate"), 1e-12);
        closeInterval(far.get("ci"), near.get("ci"), 1e-12);

        String clusters = "{'type':'clusters','n':[1,1,1,1,1,1,1,1],'arm':[0,1,0,1,0,1,0,1],'sum':[";
        JsonNode small = Asked.one(clusters + "3,950,411,702,119,333,871,540]}").get("methods");
        JsonNode large = Asked.one(clusters
                        + "100000000000003,100000000000950,100000000000411,100000000000702,100000000000119,"
                        + "100000000000333,100000000000871,100000000000540]}")
                .get("methods");
        assertThat(large.get("randomization").get("count").asLong()).isEqualTo(20);
        for (String method : new String[] {"cr2", "welch_means", "randomization", "wild_bootstrap"}) {
            close(large.get(method), "estimate", small.get(method).get("estimate"), 1e-9);
            close(large.get(method), "p_value", small.get(method).get("p_value"), 1e-9);
        }
    }
}
