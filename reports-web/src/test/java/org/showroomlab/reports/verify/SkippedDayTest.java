package org.showroomlab.reports.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.reports.store.Store;

/** Samoa went from 29 to 31 December 2011 when it crossed the date line. */
class SkippedDayTest {
    private static final LoadedExperiment EXPERIMENT = ExperimentFiles.parse("line.yaml", """
            id: line
            start: 2011-12-28T10:00:00Z
            end: 2012-01-05T10:00:00Z
            time_zone: Pacific/Apia
            variants: [{id: a, control: true}, {id: b}]
            metrics: [{id: visits, type: proportion, event: visit}]
            """);

    private static final String EVENT = "{\"type\":\"visit\",\"id\":\"v\",\"ts\":\"2011-12-30T10:00:00Z\","
            + "\"showroom\":\"s\",\"visitor\":\"ana\",\"exposures\":{\"line\":\"a\"}}\n";

    @TempDir
    Path folder;

    @Test
    void nothingFallsOnADayThatTheZoneSkipped() throws Exception {
        Path events = Files.writeString(folder.resolve("events.ndjson"), EVENT);
        Path database = folder.resolve("line.duckdb");
        try (Store store = Store.open(database)) {
            store.replace(List.of(EXPERIMENT), List.of());
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into unit_increments values"
                            + " ('line', '', 'a', '', '', '2011-12-31', 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null),"
                            + " ('line', 'visits', 'a', '', '', '2011-12-31', 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, null)");
        }
        List<Difference> differences = new ArrayList<>();
        new Verify(List.of(EXPERIMENT.experiment()), Long.MAX_VALUE, step -> {})
                .compare(database, List.of(events), differences::add);
        assertThat(differences)
                .filteredOn(d -> d.table().equals("unit_increments"))
                .isEmpty();
    }
}
