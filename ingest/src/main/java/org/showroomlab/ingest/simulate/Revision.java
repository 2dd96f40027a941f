package org.showroomlab.ingest.simulate;

import java.util.HashMap;
import java.util.Map;
import org.showroomlab.ingest.event.AttributeValue;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventHeader;

/** Another version of an event under the same id, as a till writes that restarts halfway. */
final class Revision {
    private Revision() {}

    static Event of(Event event, long laterByMillis) {
        EventHeader header = header(event.header(), laterByMillis);
        if (event instanceof Event.Visit v) {
            return new Event.Visit(header, v.visitor(), v.page());
        } else if (event instanceof Event.Purchase p) {
            return new Event.Purchase(
                    header,
                    p.visitor(),
                    p.order(),
                    p.kind(),
                    p.sku(),
                    p.quantityMicros(),
                    p.amountMinor(),
                    p.currency(),
                    p.plan());
        } else if (event instanceof Event.Stock s) {
            return new Event.Stock(header, s.sku(), s.onHand());
        }
        return timing((Event.CacheTiming) event, header);
    }

    private static Event timing(Event.CacheTiming t, EventHeader header) {
        return new Event.CacheTiming(
                header,
                t.cache(),
                t.visitor(),
                t.servedBy(),
                t.ttlSecondsMicros(),
                t.status(),
                t.failover(),
                t.ttfbMicros(),
                t.fcpMicros(),
                t.lcpMicros(),
                t.inpMicros(),
                t.clsMicros());
    }

    private static EventHeader header(EventHeader h, long laterByMillis) {
        Map<String, AttributeValue> attributes = new HashMap<>(h.attributes());
        attributes.put("revision", new AttributeValue.Text("2"));
        return new EventHeader(
                h.id(),
                h.timestampMillis() + laterByMillis,
                h.showroom(),
                h.region(),
                h.market(),
                h.creator(),
                h.channel(),
                h.exposures(),
                attributes);
    }
}
