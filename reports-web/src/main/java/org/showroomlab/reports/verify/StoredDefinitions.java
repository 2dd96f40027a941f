package org.showroomlab.reports.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.InvalidExperiment;

/**
 * What the stored texts of experiment files mean. Reports read the text, so columns that agree are not enough; comments and
 * the order of fields mean nothing.
 */
final class StoredDefinitions {
    static final String SAME = "what the file says";

    private StoredDefinitions() {}

    /** Fills the table {@code stored_definitions}: of each stored experiment whether its text means what its file does. */
    static void judge(Connection connection, List<Experiment> experiments) throws SQLException {
        Map<String, Experiment> byId =
                experiments.stream().collect(Collectors.toMap(Experiment::id, Function.identity()));
        try (Statement statement = connection.createStatement()) {
            statement.execute("create temp table stored_definitions (experiment varchar, meaning varchar)");
        }
        try (Statement query = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement("insert into stored_definitions values (?, ?)");
                ResultSet rows =
                        query.executeQuery("select experiment, file, definition from stored.experiment_files")) {
            while (rows.next()) {
                String id = rows.getString(1);
                insert.setString(1, id);
                insert.setString(2, meaning(rows.getString(2), rows.getString(3), byId.get(id)));
                insert.execute();
            }
        }
    }

    private static String meaning(String file, String text, @Nullable Experiment expected) {
        try {
            return ExperimentFiles.parse(file, text).experiment().equals(expected) ? SAME : "something else";
        } catch (InvalidExperiment e) {
            return "nothing that can be read";
        }
    }
}
