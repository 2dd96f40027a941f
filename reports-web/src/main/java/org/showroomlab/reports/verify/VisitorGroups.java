package org.showroomlab.reports.verify;

import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * The table {@code visitor_groups}: "the lowest six bits of XXH3-128 (seed 0) of the name in UTF-8". DuckDB has no XXH3, so
 * the hashing is done here.
 */
final class VisitorGroups {
    private static final int GROUPS = 64;

    private VisitorGroups() {}

    static void fill(DuckDBConnection connection) throws SQLException {
        try (Statement create = connection.createStatement()) {
            create.execute("create table visitor_groups (visitor varchar, visitor_group integer)");
        }
        try (Statement query = connection.createStatement();
                ResultSet visitors =
                        query.executeQuery("select distinct visitor from valid where visitor is not null");
                DuckDBConnection writing = connection.duplicate().unwrap(DuckDBConnection.class);
                DuckDBAppender groups = writing.createAppender("main", "visitor_groups")) {
            while (visitors.next()) {
                String visitor = visitors.getString(1);
                groups.beginRow();
                groups.append(visitor);
                groups.append(groupOf(visitor));
                groups.endRow();
            }
        }
    }

    private static int groupOf(String visitor) {
        long low = Hashing.xxh3_128()
                .hashBytesTo128Bits(visitor.getBytes(StandardCharsets.UTF_8))
                .getLeastSignificantBits();
        return (int) (low & (GROUPS - 1));
    }
}
