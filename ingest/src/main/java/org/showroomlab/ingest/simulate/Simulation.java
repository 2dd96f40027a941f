package org.showroomlab.ingest.simulate;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.showroomlab.ingest.event.EventType;

/** A seeded quarter of showrooms, edge caches and visitors, with experiments whose true effects are known. */
public final class Simulation {
    private static final int PROGRESS_EVERY = 1000;
    private static final int BUFFER_BYTES = 1 << 16;

    private final ParameterTable parameters;
    private final Quarter quarter;
    private final long seed;

    private Simulation(ParameterTable parameters, long seed) {
        this.parameters = parameters;
        this.quarter = new Quarter(parameters.integer("days"));
        this.seed = seed;
    }

    /**
     * The world of these options.
     *
     * @throws InvalidScenario when the scenario file is not acceptable
     */
    public static Simulation of(SimulationOptions options) {
        return new Simulation(ParameterTable.of(options), options.seed());
    }

    /** Every record in the order of delivery, from the start each time; same seed, same bytes. */
    public Iterator<Delivery> deliveries() {
        Arms arms = new Arms(parameters);
        Visitors visitors = new Visitors(parameters, quarter, seed);
        List<EventSource> sources = new ArrayList<>();
        sources.add(new ShopSource(parameters, quarter, visitors, arms, seed));
        if (parameters.runs(ExperimentIds.SUB_PRICE)) {
            sources.add(new SubscriptionSource(parameters, quarter, visitors, seed));
        }
        if (parameters.runs(ExperimentIds.PREORDER_WALK_IN)) {
            sources.add(new DropSource(parameters, quarter, visitors, arms, seed));
        }
        if (parameters.runs(ExperimentIds.TTL_SPEED)) {
            sources.add(new EdgeSource(parameters, quarter, arms, seed));
        }
        if (parameters.runs(ExperimentIds.MEMBERSHIP_TIERS)) {
            sources.add(new MembershipSource(parameters, quarter, arms, seed));
        }
        sources.add(new ClosingCount(quarter, seed));
        return new Deliveries(sources, new Transport(parameters, quarter, seed));
    }

    /** The experiment files by name ({@code sub-price.yaml}), ready to use as templates. */
    public Map<String, String> experimentFiles() {
        return new ExperimentTemplates(parameters, quarter).files();
    }

    /** The true effects as JSON. */
    public String truthJson() {
        return new TruthFile(parameters, quarter, seed).json();
    }

    /**
     * Writes {@code events/*.ndjson}, {@code experiments/*.yaml} and {@code truth.json}; files of the same names are
     * replaced.
     *
     * @param progressEvents is told now and then how many records are written, and at the end
     * @return how many records were written
     */
    public long writeTo(Path outDir, LongConsumer progressEvents) throws IOException {
        Path experiments = Files.createDirectories(outDir.resolve("experiments"));
        for (Map.Entry<String, String> file : experimentFiles().entrySet()) {
            Files.writeString(experiments.resolve(file.getKey()), file.getValue());
        }
        Files.writeString(outDir.resolve("truth.json"), truthJson());
        return writeEvents(Files.createDirectories(outDir.resolve("events")), progressEvents);
    }

    private long writeEvents(Path folder, LongConsumer progressEvents) throws IOException {
        Map<EventType, OutputStream> files = new EnumMap<>(EventType.class);
        byte[] lineEnd = "\n".getBytes(StandardCharsets.UTF_8);
        long written = 0;
        try {
            for (EventType type : EventType.values()) {
                files.put(
                        type,
                        new BufferedOutputStream(
                                Files.newOutputStream(folder.resolve(type.topic() + ".ndjson")), BUFFER_BYTES));
            }
            Iterator<Delivery> deliveries = deliveries();
            while (deliveries.hasNext()) {
                Delivery delivery = deliveries.next();
                OutputStream file = files.get(delivery.topic());
                if (file != null) {
                    file.write(delivery.value());
                    file.write(lineEnd);
                }
                if (++written % PROGRESS_EVERY == 0) {
                    progressEvents.accept(written);
                }
            }
        } finally {
            for (OutputStream file : files.values()) {
                file.close();
            }
        }
        progressEvents.accept(written);
        return written;
    }
}
