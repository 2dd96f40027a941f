package org.showroomlab.reports.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.showroomlab.jobs.results.ResultRow;

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
            for (RowTable table : RowTable.values()) {
                statement.execute("create temp table " + table.staged() + " as from " + table.table() + " limit 0");
            }
        }
        return new StagedRows(connection.unwrap(DuckDBConnection.class));
    }

    /** Writes the rows inside the caller's transaction. */
    void merge(Collection<? extends ResultRow> rows, String feed) throws SQLException {
        Map<String, ResultRow> newest = new LinkedHashMap<>();
        rows.forEach(row -> newest.put(row.rowKey(), row));
        Map<RowTable, List<ResultRow>> byTable = newest.values().stream()
                .collect(Collectors.groupingBy(RowTable::of, () -> new EnumMap<>(RowTable.class), Collectors.toList()));
        for (Map.Entry<RowTable, List<ResultRow>> entry : byTable.entrySet()) {
            stage(entry.getKey(), entry.getValue(), feed);
            exchange(entry.getKey());
        }
    }

    private void stage(RowTable table, List<ResultRow> rows, String feed) throws SQLException {
        try (DuckDBAppender appender = connection.createAppender("temp", "main", table.staged())) {
            for (ResultRow row : rows) {
                RowAppender.append(appender, row, feed);
            }
        }
    }

    private void exchange(RowTable table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "delete from " + table.table() + " using " + table.staged() + " staged where " + table.sameKey());
            statement.execute("insert into " + table.table() + " from " + table.staged() + " where not ("
                    + table.saysNothing() + ")");
            statement.execute("truncate " + table.staged());
        }
    }
}
