package org.showroomlab.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.jobs.count.GeneratedEvents;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.run.BoundedRun;
import org.showroomlab.jobs.run.JobEnvironment;
import org.showroomlab.jobs.source.EventSources;

/** The job on a real Flink cluster in this process. */
class CountingJobTest {
    @TempDir
    Path folder;

    @Test
    void parallelismAndFilesDoNotMatter() throws IOException {
        List<byte[]> records = worldOfWorlds();
        Set<ResultRow> expected = FinalRows.statistics(run(1, List.of(write("all.ndjson", records))));
        assertThat(expected).hasSizeGreaterThan(100);
        for (int parallelism = 2; parallelism <= 4; parallelism++) {
            List<byte[]> shuffled = GeneratedEvents.shuffled(records, parallelism);
            int half = shuffled.size() / 2;
            List<Path> files = List.of(
                    write("p" + parallelism + "-a.ndjson.gz", shuffled.subList(0, half)),
                    write("p" + parallelism + "-b.ndjson", shuffled.subList(half, shuffled.size())));
            assertThat(FinalRows.statistics(run(parallelism, files)))
                    .as("parallelism %d", parallelism)
                    .isEqualTo(expected);
        }
    }

    @Test
    void theAccountingClosesPerFile() throws IOException {
        List<byte[]> records = worldOfWorlds();
        Path once = write("once.ndjson", records);
        // Named by a detour: a file is one source however it is spelled.
        Path again = folder.resolve("..")
                .resolve(folder.getFileName())
                .resolve(write("again.ndjson", records).getFileName());
        List<AccountingRow> rows = run(2, List.of(once, again)).stream()
                .filter(AccountingRow.class::isInstance)
                .map(AccountingRow.class::cast)
                .toList();
        assertThat(rows).hasSize(2);
        for (AccountingRow row : rows) {
            assertThat(row.received()).isEqualTo(records.size());
            assertThat(row.counted() + row.inNoExperiment() + row.duplicates() + row.deadLettered())
                    .isEqualTo(row.received());
        }
        // The same content in both: the one with the smaller name counts.
        AccountingRow second = rows.stream()
                .filter(r -> r.source().endsWith("once.ndjson"))
                .findFirst()
                .orElseThrow();
        assertThat(second.counted()).isZero();
    }

    @Test
    void everyOperatorHasAUid() {
        StreamExecutionEnvironment env = JobEnvironment.embedded(1);
        CountingJob job = new CountingJob(GeneratedEvents.experiments(), CountingJob.Options.BOUNDED);
        List<Path> files = List.of(folder.resolve("none.ndjson"));
        job.count(EventSources.files(env, files), EventSources.names(files))
                .rows()
                .print()
                .uid("print");
        env.getStreamGraph()
                .getStreamNodes()
                .forEach(node -> assertThat(node.getTransformationUID())
                        .as(node.getOperatorName())
                        .isNotBlank());
    }

    private static List<byte[]> worldOfWorlds() {
        List<byte[]> records = new ArrayList<>();
        for (long seed = 0; seed < 5; seed++) {
            records.addAll(GeneratedEvents.of(seed));
        }
        return records;
    }

    private static Collection<ResultRow> run(int parallelism, List<Path> files) {
        return new BoundedRun(GeneratedEvents.experiments(), CountingJob.Options.BOUNDED, parallelism).count(files);
    }

    private Path write(String name, List<byte[]> records) throws IOException {
        Path file = folder.resolve(name);
        OutputStream plain = Files.newOutputStream(file);
        try (OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
            for (byte[] record : records) {
                out.write(record);
                out.write('\n');
            }
        }
        return file;
    }
}
