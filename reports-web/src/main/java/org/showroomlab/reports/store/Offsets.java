package org.showroomlab.reports.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The offsets to go on from, and the Kafka cluster that they are of; a handful of rows, written one by one inside the
 * caller's transaction.
 */
final class Offsets {
    private Offsets() {}

    static void put(Connection connection, Map<ResultPartition, Long> offsets) throws SQLException {
        try (PreparedStatement delete =
                        connection.prepareStatement("delete from result_offsets where topic = ? and partition = ?");
                PreparedStatement insert = connection.prepareStatement("insert into result_offsets values (?, ?, ?)")) {
            for (Map.Entry<ResultPartition, Long> entry : offsets.entrySet()) {
                ResultPartition partition = entry.getKey();
                delete.setString(1, partition.topic());
                delete.setInt(2, partition.partition());
                delete.execute();
                insert.setString(1, partition.topic());
                insert.setInt(2, partition.partition());
                insert.setLong(3, entry.getValue());
                insert.execute();
            }
        }
    }

    static void clear(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("delete from result_offsets");
        }
    }

    static void putCluster(Connection connection, String cluster) throws SQLException {
        try (Statement delete = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement("insert into result_cluster values (?)")) {
            delete.execute("delete from result_cluster");
            insert.setString(1, cluster);
            insert.execute();
        }
    }

    static SortedMap<ResultPartition, Long> read(Connection connection) throws SQLException {
        SortedMap<ResultPartition, Long> offsets = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select topic, partition, next_offset from result_offsets")) {
            while (rows.next()) {
                offsets.put(new ResultPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
            }
        }
        return offsets;
    }
}
