package org.showroomlab.reports.store;

import java.math.BigInteger;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.ClusterStatistic;
import org.showroomlab.jobs.results.HistogramCounts;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.StockCount;
import org.showroomlab.jobs.results.UnitStatistic;

/** Result rows as they come back from the tables, by position of the selected columns. */
final class IncrementRows {
    private static final int FIRST_SUM = 9;
    private static final int[] SUM_COLUMNS = IntStream.range(FIRST_SUM, FIRST_SUM + UnitStatistic.Sum.values().length)
            .toArray();

    private IncrementRows() {}

    /** The text of sums that do not fit comes last. */
    static UnitStatistic unitStatistic(ResultSet rows) throws SQLException {
        return new UnitStatistic(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getObject(6, LocalDate.class),
                rows.getLong(7),
                rows.getLong(8),
                WideSums.read(rows, FIRST_SUM + SUM_COLUMNS.length, SUM_COLUMNS));
    }

    static AccountingRow accounting(ResultSet rows) throws SQLException {
        return new AccountingRow(
                rows.getString(1),
                rows.getLong(2),
                rows.getLong(3),
                rows.getLong(4),
                rows.getLong(5),
                rows.getLong(6),
                rows.getLong(7),
                rows.getLong(8),
                rows.getLong(9),
                rows.getLong(10));
    }

    static ClusterStatistic clusterStatistic(ResultSet rows) throws SQLException {
        List<BigInteger> sums = WideSums.read(rows, 14, 10, 11, 13);
        return new ClusterStatistic(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getString(6),
                rows.getLong(7),
                rows.getObject(8, LocalDate.class),
                rows.getLong(9),
                sums.get(0),
                sums.get(1),
                rows.getLong(12),
                sums.get(2));
    }

    static HistogramCounts histogram(ResultSet rows) throws SQLException {
        return new HistogramCounts(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getString(6),
                rows.getLong(7),
                rows.getObject(8, LocalDate.class),
                list(rows.getArray(9), Integer.class),
                list(rows.getArray(10), Long.class));
    }

    static LifeTableCount lifeTable(ResultSet rows) throws SQLException {
        return new LifeTableCount(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                rows.getLong(4),
                rows.getString(5),
                rows.getLong(6),
                rows.getObject(7, LocalDate.class),
                rows.getLong(8));
    }

    static StockCount stock(ResultSet rows) throws SQLException {
        return new StockCount(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getLong(6),
                rows.getLong(7),
                rows.getObject(8, LocalDate.class),
                rows.getLong(9),
                (BigInteger) rows.getObject(10));
    }

    private static <T> List<T> list(Array array, Class<T> type) throws SQLException {
        return Arrays.stream((Object[]) array.getArray()).map(type::cast).toList();
    }
}
