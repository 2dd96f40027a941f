package org.showroomlab.ingest.simulate;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.showroomlab.ingest.codec.EventCodec;
import org.showroomlab.ingest.event.Event;

/**
 * All records of a world in the order in which they arrive. Only what is on its way is held in memory: a storyline is
 * asked for more when something that it can still tell might arrive before the next record.
 */
final class Deliveries implements Iterator<Delivery> {
    private final List<EventSource> sources;
    private final Transport transport;
    private final ArrivalCalendar underWay = new ArrivalCalendar();

    Deliveries(List<EventSource> sources, Transport transport) {
        this.sources = List.copyOf(sources);
        this.transport = transport;
    }

    @Override
    public boolean hasNext() {
        fill();
        return underWay.peek() != null;
    }

    @Override
    public Delivery next() {
        fill();
        Transport.Sent sent = underWay.poll();
        if (sent == null) {
            throw new NoSuchElementException();
        }
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
            source.tellNext(event -> transport.send(event, underWay::add));
            source = earliest();
        }
    }

    private boolean mayComeFirst(EventSource source) {
        Transport.Sent first = underWay.peek();
        return source.earliestMillis() != EventSource.NOTHING_LEFT
                && (first == null || first.deliveredAtMillis() >= source.earliestMillis());
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
