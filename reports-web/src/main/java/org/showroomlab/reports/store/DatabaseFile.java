package org.showroomlab.reports.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/** A DuckDB file that is open, with the tables and views that this version has, held against every other opener. */
final class DatabaseFile implements AutoCloseable {
    /** DuckDB locks files between processes only; within one, a second writer would go unnoticed. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final @Nullable Path held;
    private final boolean readOnly;
    private final String name;
    private final DuckDBConnection connection;

    private DatabaseFile(@Nullable Path held, boolean readOnly, String name, DuckDBConnection connection) {
        this.held = held;
        this.readOnly = readOnly;
        this.name = name;
        this.connection = connection;
    }

    /**
     * Opens the file, making it when there is none and it may be written.
     *
     * @throws StoreUnavailable when somebody else holds it or it is not a database
     */
    static DatabaseFile open(Path file, boolean readOnly) {
        Path path = file.toAbsolutePath().normalize();
        Path folder = path.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new StoreUnavailable(file + " cannot be made: its folder does not exist");
        }
        if (Files.isDirectory(path)) {
            throw new StoreUnavailable(file + " is a folder, not a database file");
        }
        if (path.toString().contains("?")) {
            throw new StoreUnavailable(file + " has a question mark in its path, which DuckDB takes for options");
        }
        if (!HELD.add(path)) {
            throw new StoreUnavailable(file + " is already open in this process");
        }
        try {
            return connect(path, readOnly, path.toString(), file.toString());
        } catch (RuntimeException e) {
            HELD.remove(path);
            throw e;
        }
    }

    /** A database that is gone when it is closed. */
    static DatabaseFile inMemory() {
        return connect(null, false, "", "the database in memory");
    }

    private static DatabaseFile connect(@Nullable Path held, boolean readOnly, String location, String name) {
        @Nullable Connection connection = null;
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:" + location, settings(readOnly));
            Schema.prepare(connection, name);
            return new DatabaseFile(held, readOnly, name, connection.unwrap(DuckDBConnection.class));
        } catch (SQLException e) {
            closeQuietly(connection);
            throw OpenFailure.explain(name, e);
        } catch (StoreUnavailable e) {
            closeQuietly(connection);
            throw e;
        }
    }

    /** A new file is written so that clients of DuckDB 1.0 and later can read it. */
    private static Properties settings(boolean readOnly) {
        Properties settings = new Properties();
        // A file of another kind of database must not make DuckDB look for a reader of it in the network.
        settings.setProperty("autoinstall_known_extensions", "false");
        if (readOnly) {
            settings.setProperty(DuckDBDriver.DUCKDB_READONLY_PROPERTY, "true");
            return settings;
        }
        settings.setProperty("storage_compatibility_version", "v1.0.0");
        return settings;
    }

    DuckDBConnection connection() {
        return connection;
    }

    /** Why the file is of no use although it could be opened. */
    StoreUnavailable failure(SQLException cause) {
        return OpenFailure.explain(name, cause);
    }

    /** Closes the file so that nothing remains in a log beside it. */
    @Override
    public void close() {
        try {
            if (!connection.isClosed()) {
                if (!readOnly) {
                    checkpoint();
                }
                connection.close();
            }
        } catch (SQLException e) {
            throw new StoreFailed("the database could not be closed", e);
        } finally {
            if (held != null) {
                HELD.remove(held);
            }
        }
    }

    private void checkpoint() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("force checkpoint");
        }
    }

    private static void closeQuietly(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new StoreFailed("the database could not be closed", e);
        }
    }
}
