package org.showroomlab.reports.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The SQL files of this package, run statement by statement, each {@code ${name}} replaced by its value. */
final class Script {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z_]+)}");

    private final Connection connection;

    Script(Connection connection) {
        this.connection = connection;
    }

    void run(String file) throws SQLException {
        run(file, Map.of());
    }

    void run(String file, Map<String, String> values) throws SQLException {
        for (String statement : withoutComments(resource(file)).split(";\n", -1)) {
            if (!statement.isBlank()) {
                execute(filled(statement, values));
            }
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String filled(String sql, Map<String, String> values) {
        return PLACEHOLDER.matcher(sql).replaceAll(match -> {
            String value = values.get(match.group(1));
            if (value == null) {
                throw new IllegalStateException("no value for " + match.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static String withoutComments(String sql) {
        return sql.lines().filter(line -> !line.startsWith("--")).reduce("", (before, line) -> before + line + "\n");
    }

    private static String resource(String file) {
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
