package org.showroomlab.reports.store;

import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.jobs.results.StockCount;
import org.showroomlab.reports.Samples;

/** Rows to store, and what is read back of a file by anybody who knows SQL. */
final class StoredRows {
    private StoredRows() {}

    /** A row of each kind that is neither of units nor of records, of {@link Samples#gate}. */
    static List<ResultRow> everyKind(long n) {
        String experiment = "gate";
        String metric = "retention_7";
        return List.of(
                Samples.cluster(experiment, metric, "a", "cache-1", 7, Samples.DAY, n, 2 * n, 4 * n),
                Samples.histogram(experiment, metric, "a", "cache-1", 7, Samples.DAY, Map.of(-3, n, 0, n, 5, 2 * n)),
                new LifeTableCount(experiment, "a", "exposure", 0, "entered", 0, Samples.DAY, n),
                new StockCount(
                        experiment,
                        "preorder",
                        "lisbon",
                        "lamp",
                        "a",
                        60_000,
                        0,
                        Samples.DAY,
                        n,
                        BigInteger.valueOf(n)),
                new ShowroomProgress("lisbon", 1_000 * n));
    }

    /** The smallest experiment counts something. */
    static String metrics() {
        return """
                metrics:
                  - {id: m, type: mean, event: visit, role: primary}
                """;
    }

    /** What a query of the file gives, its columns joined by bars. */
    static List<String> read(Path file, String sql) throws SQLException {
        List<String> result = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    cells.add(rows.getString(i));
                }
                result.add(String.join("|", cells));
            }
        }
        return result;
    }
}
