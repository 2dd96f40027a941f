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

/** A number that only one run's metrics read is a reason to set its record aside in that run alone. */
class RefusedByOneRunTest {
    private static final String EXPERIMENT = """
            id: %s
            start: 2026-01-05T00:00:00Z
            end: 2026-01-06T00:00:00Z
            variants: [{id: a, control: true}, {id: b}]
            metrics: [{id: m, type: mean, event: visit, value: attributes.%s}]
            """;

    @TempDir
    Path folder;

    @Test
    void eachRunSetsAsideWhatItsOwnMetricsCannotRead() throws Exception {
        List<LoadedExperiment> experiments = List.of(
                ExperimentFiles.parse("deep.yaml", EXPERIMENT.formatted("deep", "depth")),
                ExperimentFiles.parse("wide.yaml", EXPERIMENT.formatted("wide", "width")));
        String record = "{'type':'visit','id':'v','ts':5,'showroom':'s','visitor':'ana','attributes':{'width':1e30}}"
                .replace('\'', '"');
        Path events = Files.writeString(folder.resolve("events.ndjson"), record + "\n");
        Path database = folder.resolve("runs.duckdb");
        try (Store store = Store.open(database)) {
            for (LoadedExperiment experiment : experiments) {
                store.replace(List.of(experiment), List.of());
            }
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute(("insert into accounting_rows values ('run:deep', '%1$s', 1, 0, 1, 0, 0, 0, 0, 0, 5),"
                            + " ('run:wide', '%1$s', 1, 0, 0, 0, 0, 1, 0, 0, " + Long.MIN_VALUE + ")")
                    .formatted(events));
            statement.execute("insert into showroom_progress values ('run:deep', 's', 5)");
            statement.execute("insert into dead_letter_rows values"
                    + " ('run:wide', '%s', '1', 'value_out_of_range', 'attributes.width', '', '%s'::blob)"
                            .formatted(events, record));
        }
        List<Difference> differences = new ArrayList<>();
        new Verify(experiments.stream().map(LoadedExperiment::experiment).toList(), Long.MAX_VALUE, step -> {})
                .compare(database, List.of(events), differences::add);
        assertThat(differences).isEmpty();
    }
}
