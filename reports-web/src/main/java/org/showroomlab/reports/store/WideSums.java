package org.showroomlab.reports.store;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Exact sums in a table whose widest integers have 128 bits: one that does not fit is null, and then all sums of its row
 * stand as text in the column {@code wide_sums}.
 */
final class WideSums {
    private static final int WIDEST_BITS = 127;
    private static final String BETWEEN = ",";

    private WideSums() {}

    /** Appends a sum, null where it does not fit. */
    static void append(DuckDBAppender to, BigInteger sum) throws SQLException {
        if (fits(sum)) {
            to.append(sum);
        } else {
            to.appendNull();
        }
    }

    /** Appends what stands in {@code wide_sums} of these sums: null where all of them fit. */
    static void appendText(DuckDBAppender to, List<BigInteger> sums) throws SQLException {
        if (sums.stream().allMatch(WideSums::fits)) {
            to.appendNull();
        } else {
            to.append(sums.stream().map(BigInteger::toString).collect(Collectors.joining(BETWEEN)));
        }
    }

    private static boolean fits(BigInteger sum) {
        return sum.bitLength() <= WIDEST_BITS;
    }

    /** The sums of a row, from these columns or from the text in that one. */
    static List<BigInteger> read(ResultSet row, int textColumn, int... columns) throws SQLException {
        @Nullable String text = row.getString(textColumn);
        List<BigInteger> sums = new ArrayList<>(columns.length);
        if (text == null) {
            for (int column : columns) {
                sums.add((BigInteger) row.getObject(column));
            }
        } else {
            for (String sum : text.split(BETWEEN, -1)) {
                sums.add(new BigInteger(sum));
            }
        }
        return sums;
    }
}
