package org.showroomlab.app.calibrate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.ingest.simulate.Simulation;
import org.showroomlab.ingest.simulate.SimulationOptions;
import org.showroomlab.jobs.flow.CountingJob;
import org.showroomlab.jobs.run.BoundedRun;
import org.showroomlab.jobs.source.EventFiles;
import org.showroomlab.reports.calibration.CalibrationRow;
import org.showroomlab.reports.calibration.CalibrationTable;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.store.Store;

/**
 * How often the intervals of reports miss the truth, over many simulated worlds that each went the whole way: events in
 * files, the Flink job, DuckDB, the report's JSON.
 */
public final class EndToEndCalibration {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Of a 95 % interval. */
    private static final double PROMISED = 0.05;

    /** Over a dozen rows a false alarm of the check itself stays rare. */
    private static final double BAND_ALPHA = 0.001;

    /** Worlds that one run of the job counts together: starting Flink costs more than a small world. */
    private static final int WORLDS_PER_RUN = 10;

    private final Path folder;
    private final int parallelism;
    private final Map<String, JsonNode> truths = new HashMap<>();

    /** @param folder for the files of one run at a time; must exist */
    public EndToEndCalibration(Path folder, int parallelism) {
        this.folder = folder;
        this.parallelism = parallelism;
    }

    /**
     * So many worlds of each kind, with the seeds from this one on.
     *
     * @param finished is told after each run of the job how many worlds of each kind are done
     */
    public CalibrationTable run(int worlds, long firstSeed, IntConsumer finished) throws IOException {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (int done = 0; done < worlds; ) {
            int next = Math.min(WORLDS_PER_RUN, worlds - done);
            runTogether(firstSeed + done, next, tallies);
            done += next;
            finished.accept(done);
        }
        return new CalibrationTable(
                firstSeed, tallies.values().stream().map(Tally::row).toList());
    }

    private void runTogether(long firstSeed, int count, Map<String, Tally> tallies) throws IOException {
        List<World> worlds = new ArrayList<>();
        for (WorldKind kind : WorldKind.ALL) {
            Path scenario = Files.writeString(folder.resolve("scenario.yaml"), kind.scenario());
            IntStream.range(0, count)
                    .mapToObj(i -> SimulationOptions.withDefaults()
                            .withSeed(firstSeed + i)
                            .withScenarioFile(scenario))
                    .map(options -> new LabelledWorld(kind.label() + "-" + options.seed(), Simulation.of(options)))
                    .forEach(world -> worlds.add(new World(kind, world)));
        }
        Path events = write(worlds);
        List<LoadedExperiment> experiments = worlds.stream()
                .flatMap(w -> w.labelled().experiments().stream())
                .toList();
        try (Store store = Store.inMemory()) {
            store.replace(
                    experiments,
                    new BoundedRun(experiments, CountingJob.Options.BOUNDED, parallelism)
                            .count(EventFiles.among(List.of(events))));
            for (World world : worlds) {
                compare(store, world, tallies);
            }
        }
    }

    private Path write(List<World> worlds) throws IOException {
        Path events = Files.createDirectories(folder.resolve("events"));
        Map<EventType, OutputStream> files = new EnumMap<>(EventType.class);
        try {
            for (EventType type : EventType.values()) {
                files.put(
                        type,
                        new BufferedOutputStream(Files.newOutputStream(events.resolve(type.topic() + ".ndjson"))));
            }
            for (World world : worlds) {
                world.labelled().writeTo(files);
            }
        } finally {
            for (OutputStream file : files.values()) {
                file.close();
            }
        }
        return events;
    }

    private void compare(Store store, World world, Map<String, Tally> tallies) throws IOException {
        JsonNode truth = world.kind().truthBySeed()
                ? world.labelled().truth()
                : truths.computeIfAbsent(
                        world.kind().label(), kind -> world.labelled().truth());
        Map<String, JsonNode> reports = new LinkedHashMap<>();
        for (TrueNumber number : world.kind().numbers()) {
            String id = world.labelled().experimentId(number.experiment());
            JsonNode report = reports.get(id);
            if (report == null) {
                report = MAPPER.readTree(Reports.render(store, id, Format.JSON));
                reports.put(id, report);
            }
            tallies.computeIfAbsent(
                            world.kind().label() + number.experiment() + number.number(),
                            key -> new Tally(world.kind(), number))
                    .add(number.held(report, truth.path(number.experiment())));
        }
    }

    /** Whether the number is answered often enough to be judged: by most reports, whatever the others say of it. */
    static boolean isAnswered(int answered, int refused) {
        return answered > refused;
    }

    /** Whether so many misses of so many are compatible with the promise: the exact binomial band. */
    static boolean inBand(int missed, int of, boolean mayBeWide) {
        BinomialDistribution promised = BinomialDistribution.of(of, PROMISED);
        boolean tooMany = missed > 0 && promised.survivalProbability(missed - 1) < BAND_ALPHA / 2;
        boolean tooFew = promised.cumulativeProbability(missed) < BAND_ALPHA / 2;
        return !tooMany && (mayBeWide || !tooFew);
    }

    private record World(WorldKind kind, LabelledWorld labelled) {}

    /** Misses of one number. A report that refuses it, with a reason, is not wrong; how many did is told, and most may not. */
    private static final class Tally {
        private final WorldKind kind;
        private final TrueNumber number;
        private int missed;
        private int answered;
        private int refused;

        Tally(WorldKind kind, TrueNumber number) {
            this.kind = kind;
            this.number = number;
        }

        void add(Optional<Boolean> held) {
            answered += held.isPresent() ? 1 : 0;
            refused += held.isPresent() ? 0 : 1;
            missed += held.orElse(true) ? 0 : 1;
        }

        CalibrationRow row() {
            return new CalibrationRow(
                    number.experiment() + ": " + number.number(),
                    Stream.of(number.method(), kind.situation(), refused == 0 ? "" : "refused in " + refused + " more")
                            .filter(s -> !s.isEmpty())
                            .reduce((a, b) -> a + "; " + b)
                            .orElse(""),
                    "missed_truth",
                    PROMISED,
                    missed,
                    answered,
                    isAnswered(answered, refused) && inBand(missed, answered, number.mayBeWide()));
        }
    }
}
