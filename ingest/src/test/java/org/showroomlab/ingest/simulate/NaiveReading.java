package org.showroomlab.ingest.simulate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.codec.Decoded;
import org.showroomlab.ingest.codec.EventCodec;
import org.showroomlab.ingest.event.AttributeValue;
import org.showroomlab.ingest.event.Event;

/** Reads a world's records by the letter of the contract and in the plainest way: everything in memory, no windows. */
final class NaiveReading {
    final List<Delivery> deliveries = new ArrayList<>();
    final Map<String, Event> events = new HashMap<>();
    final Map<String, List<Event>> byVisitor = new TreeMap<>();
    int conflicts;
    int duplicates;
    int refused;

    static NaiveReading of(Simulation simulation) {
        NaiveReading reading = new NaiveReading();
        Iterator<Delivery> deliveries = simulation.deliveries();
        while (deliveries.hasNext()) {
            reading.take(deliveries.next());
        }
        for (Event event : reading.events.values()) {
            String visitor = visitor(event);
            if (visitor != null) {
                reading.byVisitor
                        .computeIfAbsent(visitor, v -> new ArrayList<>())
                        .add(event);
            }
        }
        reading.byVisitor
                .values()
                .forEach(list ->
                        list.sort(Comparator.comparingLong(e -> e.header().timestampMillis())));
        return reading;
    }

    private void take(Delivery delivery) {
        deliveries.add(delivery);
        if (!(EventCodec.decode(delivery.value()) instanceof Decoded.Accepted accepted)) {
            refused++;
            return;
        }
        Event event = accepted.event();
        String identity = event.type() + "/" + event.header().id();
        Event other = events.get(identity);
        if (other == null) {
            events.put(identity, event);
            return;
        }
        duplicates++;
        conflicts += other.equals(event) ? 0 : 1;
        if (event.header().timestampMillis() < other.header().timestampMillis()) {
            events.put(identity, event);
        }
    }

    private static @Nullable String visitor(Event event) {
        if (event instanceof Event.Visit visit) {
            return visit.visitor();
        }
        return event instanceof Event.Purchase purchase ? purchase.visitor() : null;
    }

    /** What a unit's events add up to, by variant; mixed units in none. */
    Map<String, SummaryStatistics> byVariant(
            String experiment, List<String> variants, int windowHours, ToDoubleFunction<List<Event>> value) {
        Map<String, SummaryStatistics> arms = new HashMap<>();
        variants.forEach(v -> arms.put(v, new SummaryStatistics()));
        for (List<Event> own : byVisitor.values()) {
            Set<String> seen = new HashSet<>();
            long first = Long.MAX_VALUE;
            for (Event event : own) {
                String variant = event.header().exposures().get(experiment);
                if (variant != null && variants.contains(variant)) {
                    seen.add(variant);
                    first = Math.min(first, event.header().timestampMillis());
                }
            }
            if (seen.size() == 1) {
                SummaryStatistics arm = arms.get(seen.iterator().next());
                if (arm != null) {
                    arm.addValue(value.applyAsDouble(within(own, first, first + windowHours * Quarter.HOUR_MILLIS)));
                }
            }
        }
        return arms;
    }

    private static List<Event> within(List<Event> events, long from, long until) {
        return events.stream()
                .filter(e -> e.header().timestampMillis() >= from && e.header().timestampMillis() < until)
                .toList();
    }

    static boolean isPurchase(Event event, String line, String kind) {
        return event instanceof Event.Purchase purchase
                && purchase.kind().equals(kind)
                && lineOf(purchase).equals(line);
    }

    static String lineOf(Event.Purchase purchase) {
        return purchase.header().attributes().get(VisitorEvents.LINE) instanceof AttributeValue.Text text
                ? text.value()
                : "";
    }
}
