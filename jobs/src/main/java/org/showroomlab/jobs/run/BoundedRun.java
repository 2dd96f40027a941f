package org.showroomlab.jobs.run;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.flow.CountingJob;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.source.EventSources;
import org.showroomlab.jobs.source.InputProblem;

/** All events of some files, counted once. */
public final class BoundedRun {
    private final List<LoadedExperiment> experiments;
    private final CountingJob.Options options;
    private final int parallelism;

    public BoundedRun(List<LoadedExperiment> experiments, CountingJob.Options options, int parallelism) {
        this.experiments = List.copyOf(experiments);
        this.options = options;
        this.parallelism = parallelism;
    }

    /**
     * The newest row of each key.
     *
     * @throws InputProblem when a file cannot be read to its end
     */
    @SuppressWarnings("try") // closing may be interrupted, which then stops the run like anything else
    public Collection<ResultRow> count(List<Path> files) {
        StreamExecutionEnvironment env = JobEnvironment.embedded(parallelism);
        CountingJob.Outputs outputs =
                new CountingJob(experiments, options).count(EventSources.files(env, files), EventSources.names(files));
        Map<String, ResultRow> rows = new LinkedHashMap<>();
        try (CloseableIterator<Tuple2<String, byte[]>> results = outputs.rows().executeAndCollect("count")) {
            results.forEachRemaining(row -> rows.put(row.f0, ResultCodec.decode(row.f1)));
        } catch (Exception e) {
            throw cause(e);
        }
        return rows.values();
    }

    private static RuntimeException cause(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            // Flink hands exceptions of user code over in serialized form, so the class may be another loader's.
            if (t instanceof InputProblem problem) {
                return problem;
            }
        }
        return new IllegalStateException("the job failed", e);
    }
}
