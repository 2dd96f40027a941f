package org.showroomlab.reports.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.DeadLetterRow;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.UnitStatistic;

/**
 * Rows on their way into the tables: appended to temporary tables, then exchanged by key.
 *
 * <p>Deleting and inserting is many times faster here than MERGE or ON CONFLICT, which update column by column. A key may stand in a batch more than
 * once; the last row wins, as it would row by row.
 */
final class StagedRows {
    private final DuckDBConnection connection;

    private StagedRows(DuckDBConnection connection) {
        this.connection = connection;
    }

    static StagedRows prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : List.of("unit_increments", "accounting_rows", "dead_letter_rows")) {
                statement.execute("create temp table staged_" + table + " as from " + table + " limit 0");
            }
        }
        return new StagedRows(connection.unwrap(DuckDBConnection.class));
    }

    /** Writes the rows inside the caller's transaction. */
    void merge(Collection<? extends ResultRow> rows, String feed) throws SQLException {
        Map<String, ResultRow> newest = new LinkedHashMap<>();
        rows.forEach(row -> newest.put(row.rowKey(), row));
        append(newest.values(), feed);
        mergeInto("unit_increments", "experiment, metric, variant, dimension, dimension_value, day");
        dropEmptyCells();
        mergeInto("accounting_rows", "feed, source");
        mergeInto("dead_letter_rows", "feed, source, position");
    }

    /** A cell that was changed and changed back is the same as one that never was. */
    private void dropEmptyCells() throws SQLException {
        String sumsAreZero = Arrays.stream(UnitStatistic.Sum.values())
                .map(sum -> sum.column() + " = 0")
                .collect(Collectors.joining(" and "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("delete from unit_increments where n = 0 and events = 0 and " + sumsAreZero);
        }
    }

    private void append(Collection<ResultRow> rows, String feed) throws SQLException {
        try (DuckDBAppender statistics = appender("unit_increments");
                DuckDBAppender accounting = appender("accounting_rows");
                DuckDBAppender deadLetters = appender("dead_letter_rows")) {
            for (ResultRow row : rows) {
                if (row instanceof UnitStatistic statistic) {
                    append(statistics, statistic);
                } else if (row instanceof AccountingRow account) {
                    append(accounting, account, feed);
                } else if (row instanceof DeadLetterRow deadLetter) {
                    append(deadLetters, deadLetter, feed);
                }
            }
        }
    }

    private DuckDBAppender appender(String table) throws SQLException {
        return connection.createAppender("temp", "main", "staged_" + table);
    }

    private static void append(DuckDBAppender to, UnitStatistic row) throws SQLException {
        to.beginRow()
                .append(row.experiment())
                .append(row.metric())
                .append(row.variant())
                .append(row.dimension())
                .append(row.dimensionValue())
                .append(row.day())
                .append(row.n())
                .append(row.events());
        for (UnitStatistic.Sum sum : UnitStatistic.Sum.values()) {
            to.append(row.sum(sum));
        }
        to.endRow();
    }

    private static void append(DuckDBAppender to, AccountingRow row, String feed) throws SQLException {
        to.beginRow()
                .append(feed)
                .append(row.source())
                .append(row.received())
                .append(row.counted())
                .append(row.inNoExperiment())
                .append(row.duplicates())
                .append(row.conflictingDuplicates())
                .append(row.deadLettered())
                .append(row.late())
                .append(row.unknownExposures())
                .append(row.newestMillis())
                .endRow();
    }

    private static void append(DuckDBAppender to, DeadLetterRow row, String feed) throws SQLException {
        to.beginRow()
                .append(feed)
                .append(row.source())
                .append(row.position())
                .append(row.code())
                .append(row.field())
                .append(row.detail())
                .append(row.bytes())
                .endRow();
    }

    private void mergeInto(String table, String key) throws SQLException {
        String same = Arrays.stream(key.split(", "))
                .map(column -> table + "." + column + " = staged." + column)
                .collect(Collectors.joining(" and "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("delete from " + table + " using staged_" + table + " staged where " + same);
            statement.execute("insert into " + table + " from staged_" + table);
            statement.execute("truncate staged_" + table);
        }
    }
}
