package org.showroomlab.reports.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * The experiments whose stored rows are between two states: a job has not said all of them, or not counted all that was
 * there. Always inside the caller's transaction.
 */
final class BetweenStates {
    private BetweenStates() {}

    static Set<String> read(Connection connection) throws SQLException {
        Set<String> experiments = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select experiment from between_states")) {
            while (rows.next()) {
                experiments.add(rows.getString(1));
            }
        }
        return experiments;
    }

    /** Those that are so with the rows that are written now. */
    static void put(Connection connection, Set<String> experiments) throws SQLException {
        if (read(connection).equals(experiments)) {
            return;
        }
        try (Statement delete = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement("insert into between_states values (?)")) {
            delete.execute("delete from between_states");
            for (String experiment : experiments) {
                insert.setString(1, experiment);
                insert.execute();
            }
        }
    }

    /** All others are at a state, as they are stored. */
    static void retain(Connection connection, Set<String> experiments) throws SQLException {
        Set<String> retained = read(connection);
        retained.retainAll(experiments);
        put(connection, retained);
    }
}
