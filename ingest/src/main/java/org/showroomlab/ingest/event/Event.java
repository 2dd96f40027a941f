package org.showroomlab.ingest.event;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened in a showroom. Absent optional fields are {@code null} in text and empty in numbers; decimals
 * are in millionths ({@code …Micros}: 10⁻⁶ of the unit that the wire field names).
 */
public sealed interface Event {

    EventType type();

    EventHeader header();

    /** A person looked at a page of a showroom. */
    record Visit(
            EventHeader header, String visitor, @Nullable String page) implements Event {
        @Override
        public EventType type() {
            return EventType.VISIT;
        }
    }

    /** A page view's timings as the browser saw them, by the edge cache it was assigned to. */
    record CacheTiming(
            EventHeader header,
            String cache,
            @Nullable String visitor,
            @Nullable String servedBy,
            OptionalLong ttlSecondsMicros,
            @Nullable String status,
            @Nullable Boolean failover,
            OptionalLong ttfbMicros,
            OptionalLong fcpMicros,
            OptionalLong lcpMicros,
            OptionalLong inpMicros,
            OptionalLong clsMicros)
            implements Event {
        @Override
        public EventType type() {
            return EventType.CACHE_TIMING;
        }
    }

    /** A step in an order's life: preorder, pickup, sale, subscription, renewal, cancellation, refund or no-show. */
    record Purchase(
            EventHeader header,
            String visitor,
            String order,
            String kind,
            @Nullable String sku,
            long quantityMicros,
            OptionalLong amountMinor,
            @Nullable String currency,
            @Nullable String plan)
            implements Event {
        @Override
        public EventType type() {
            return EventType.PURCHASE;
        }
    }

    /** How many pieces of a product a showroom has, as counted at that moment. */
    record Stock(EventHeader header, String sku, long onHand) implements Event {
        @Override
        public EventType type() {
            return EventType.STOCK;
        }
    }
}
