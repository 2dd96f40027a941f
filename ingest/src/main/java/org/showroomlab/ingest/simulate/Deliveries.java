package org.showroomlab.ingest.simulate;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.showroomlab.ingest.codec.EventCodec;
import org.showroomlab.ingest.event.Event;

/**
 * All records of a world in the order in which they arrive. Only what is on its way is held in memory: a storyline is
 * asked for more when nothing that it can still tell would arrive earlier than the next record.
 */
final class Deliveries implements Iterator<Delivery> {
    /** {@code number} breaks ties, so that the order never depends on the queue. */
    private record Waiting(Transport.Sent sent, long number) {}

    private static final Comparator<Waiting> BY_ARRIVAL =
            Comparator.<Waiting>comparingLong(w -> w.sent().deliveredAtMillis()).thenComparingLong(Waiting::number);

    private final List<EventSource> sources;
    private final Transport transport;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(BY_ARRIVAL);
    private long count;

    Deliveries(List<EventSource> sources, Transport transport) {
        this.sources = List.copyOf(sources);
        this.transport = transport;
    }

    @Override
    public boolean hasNext() {
        fill();
        return !waiting.isEmpty();
    }

    @Override
    public Delivery next() {
        fill();
        Waiting first = waiting.poll();
        if (first == null) {
            throw new NoSuchElementException();
        }
        Transport.Sent sent = first.sent();
        byte[] json = EventCodec.encode(sent.event());
        return new Delivery(
                sent.deliveredAtMillis(),
                sent.event().type(),
                key(sent.event()).getBytes(StandardCharsets.UTF_8),
                sent.corruption() == null ? json : sent.corruption().applyTo(json));
    }

    private void fill() {
        EventSource source = earliest();
        while (mayComeFirst(source)) {
            source.tellNext(event -> transport.send(event, sent -> waiting.add(new Waiting(sent, count++))));
            source = earliest();
        }
    }

    private boolean mayComeFirst(EventSource source) {
        Waiting first = waiting.peek();
        return source.earliestMillis() != EventSource.NOTHING_LEFT
                && (first == null || first.sent().deliveredAtMillis() >= source.earliestMillis());
    }

    private EventSource earliest() {
        EventSource earliest = sources.get(0);
        for (EventSource source : sources) {
            earliest = source.earliestMillis() < earliest.earliestMillis() ? source : earliest;
        }
        return earliest;
    }

    private static String key(Event event) {
        if (event instanceof Event.Visit visit) {
            return visit.visitor();
        } else if (event instanceof Event.Purchase purchase) {
            return purchase.visitor();
        } else if (event instanceof Event.CacheTiming timing) {
            return timing.cache();
        }
        return event.header().showroom() + "/" + ((Event.Stock) event).sku();
    }
}
