package org.showroomlab.ingest.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.ingest.experiment.ExperimentFiles;

class SimulationReproducibilityTest {
    private static final int DAYS = 20;
    private static final int VISITORS = 300;

    @TempDir
    Path folder;

    @Test
    void sameSeedSameBytes() throws IOException {
        assertThat(written("a", 7)).isEqualTo(written("b", 7));
    }

    @Test
    void differentSeedDifferentEvents() throws IOException {
        Map<String, String> one = written("a", 7);
        Map<String, String> other = written("b", 8);
        for (EventType type : EventType.values()) {
            String file = "events/" + type.topic() + ".ndjson";
            assertThat(one.get(file)).isNotEqualTo(other.get(file));
        }
    }

    @Test
    void filesHoldTheDeliveriesInTheirOrder() throws IOException {
        Map<EventType, ByteArrayOutputStream> expected = new EnumMap<>(EventType.class);
        Iterator<Delivery> deliveries = Scenarios.world(DAYS, VISITORS, 7).deliveries();
        long last = Long.MIN_VALUE;
        while (deliveries.hasNext()) {
            Delivery delivery = deliveries.next();
            assertThat(delivery.deliveredAtMillis()).isGreaterThanOrEqualTo(last);
            last = delivery.deliveredAtMillis();
            ByteArrayOutputStream file = expected.computeIfAbsent(delivery.topic(), t -> new ByteArrayOutputStream());
            file.write(delivery.value());
            file.write('\n');
        }
        written("a", 7);
        for (Map.Entry<EventType, ByteArrayOutputStream> file : expected.entrySet()) {
            Path path = folder.resolve("a/events/" + file.getKey().topic() + ".ndjson");
            assertThat(Files.readAllBytes(path)).isEqualTo(file.getValue().toByteArray());
        }
    }

    @Test
    void everyLengthOfQuarterLoadsAndKeepsItsEventsInside() throws IOException {
        for (int days : new int[] {4, 7, 30, 90, 366}) {
            Path out = folder.resolve("d" + days);
            AtomicLong told = new AtomicLong();
            long records = Scenarios.world(days, 40, 3).writeTo(out, told::set);
            assertThat(told.get()).isEqualTo(records).isPositive();
            assertThat(ExperimentFiles.load(out.resolve("experiments"))).hasSize(ExperimentIds.ALL.size());
            Quarter quarter = new Quarter(days);
            NaiveReading.of(Scenarios.world(days, 40, 3)).events.values().stream()
                    .filter(e -> !(e instanceof Event.Stock stock && stock.sku().equals(ClosingCount.SKU)))
                    .forEach(e -> assertThat(e.header().timestampMillis())
                            .isBetween(quarter.startMillis(), quarter.endMillis() - 1));
        }
    }

    private Map<String, String> written(String name, long seed) throws IOException {
        Path out = folder.resolve(name);
        Scenarios.world(DAYS, VISITORS, seed).writeTo(out, n -> {});
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(out)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(out.relativize(path).toString(), Files.readString(path));
            }
        }
        return files;
    }
}
