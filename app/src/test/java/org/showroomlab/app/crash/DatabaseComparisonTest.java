package org.showroomlab.app.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.reports.store.RunTime;
import org.showroomlab.reports.store.Store;

/** Whatever a disturbed database says otherwise is found, and a table that is not there is not taken for an equal one. */
class DatabaseComparisonTest {
    @TempDir
    Path folder;

    private Path undisturbed;
    private Path disturbed;

    @BeforeEach
    void twoDatabases() {
        undisturbed = folder.resolve("undisturbed.duckdb");
        disturbed = folder.resolve("disturbed.duckdb");
        Store.open(undisturbed).close();
        Store.open(disturbed).close();
    }

    @Test
    void whereRecordsCameFromIsNotCompared() throws SQLException {
        in(undisturbed, "insert into showroom_progress values ('run', 'porto', 5)");
        in(disturbed, "insert into showroom_progress values ('counting', 'porto', 5)");
        in(undisturbed, "insert into accounting_rows values ('run', 'a.ndjson', 3, 2, 1, 0, 0, 0, 0, 0, 9)");
        in(disturbed, "insert into accounting_rows values ('counting', 'visits', 2, 2, 0, 0, 0, 0, 0, 0, 9)");
        in(disturbed, "insert into accounting_rows values ('counting', 'stock', 1, 0, 1, 0, 0, 0, 0, 0, 4)");
        assertThat(different()).isEmpty();
    }

    /** One side is a run, which says when it was. */
    @Test
    void whenTheRunWasIsNotCompared() throws SQLException {
        List<LoadedExperiment> experiments = List.of(ExperimentFiles.parse("e.yaml", """
                id: e
                start: 2026-01-05T00:00:00Z
                end: 2026-01-12T00:00:00Z
                variants: [{id: a, control: true}, {id: b}]
                metrics: [{id: bought, type: proportion, event: purchase, role: primary}]
                """));
        try (Store run = Store.open(undisturbed);
                Store live = Store.open(disturbed)) {
            run.replace(experiments, List.of(), new RunTime(Instant.EPOCH, Instant.EPOCH));
            live.registerExperiments(experiments);
        }
        assertThat(different()).isEmpty();
    }

    @Test
    void whatDiffersIsFound() throws SQLException {
        in(undisturbed, "insert into showroom_progress values ('run', 'porto', 5)");
        in(disturbed, "insert into showroom_progress values ('counting', 'porto', 4)");
        in(undisturbed, "insert into accounting_rows values ('run', 'visits', 3, 2, 1, 0, 0, 0, 0, 0, 9)");
        in(disturbed, "insert into accounting_rows values ('counting', 'visits', 3, 2, 1, 0, 0, 0, 1, 0, 9)");
        in(disturbed, "insert into experiment_metrics values ('e', 'm', 'mean', 'primary', 'increase', 0, null)");
        assertThat(different()).containsExactly("accounting_rows", "experiment_metrics", "showroom_progress");
    }

    @Test
    void everySourceCloses() throws SQLException {
        in(undisturbed, "insert into accounting_rows values ('run', 'visits', 4, 3, 1, 0, 0, 0, 0, 0, 9)");
        in(disturbed, "insert into accounting_rows values ('counting', 'visits', 2, 3, 0, 0, 0, 0, 0, 0, 9)");
        in(disturbed, "insert into accounting_rows values ('counting', 'stock', 2, 0, 1, 0, 0, 0, 0, 0, 4)");
        assertThat(different()).containsExactly("accounting closes");
    }

    @Test
    void aTableThatIsNotThereIsNotEqual() throws SQLException {
        in(undisturbed, "drop table stock_increments cascade");
        in(disturbed, "drop table stock_increments cascade");
        assertThatThrownBy(this::different)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the undisturbed database has the tables");
    }

    private List<String> different() throws SQLException {
        return DatabaseComparison.of(undisturbed, disturbed).stream()
                .filter(difference -> !difference.isNone())
                .map(DatabaseComparison.Difference::what)
                .toList();
    }

    private static void in(Path database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
