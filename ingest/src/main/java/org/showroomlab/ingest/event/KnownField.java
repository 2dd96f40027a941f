package org.showroomlab.ingest.event;

import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.Event.CacheTiming;
import org.showroomlab.ingest.event.Event.Purchase;
import org.showroomlab.ingest.event.Event.Stock;
import org.showroomlab.ingest.event.Event.Visit;
import org.showroomlab.ingest.event.EventField.Kind;

/** The top-level fields of the contract, each with its reader. */
enum KnownField {
    TYPE(common("type", e -> e.type().wireName())),
    ID(common("id", e -> e.header().id())),
    SHOWROOM(common("showroom", e -> e.header().showroom())),
    REGION(common("region", e -> e.header().region())),
    MARKET(common("market", e -> e.header().market())),
    CREATOR(common("creator", e -> e.header().creator())),
    CHANNEL(common("channel", e -> e.header().channel())),
    VISITOR(new EventField(
            "visitor",
            Kind.TEXT,
            EnumSet.of(EventType.VISIT, EventType.CACHE_TIMING, EventType.PURCHASE),
            KnownField::visitor,
            0)),
    PAGE(new EventField("page", Kind.TEXT, EnumSet.of(EventType.VISIT), e -> ((Visit) e).page(), 0)),
    CACHE(timing("cache", Kind.TEXT, CacheTiming::cache)),
    SERVED_BY(timing("served_by", Kind.TEXT, CacheTiming::servedBy)),
    STATUS(timing("status", Kind.TEXT, CacheTiming::status)),
    FAILOVER(timing("failover", Kind.FLAG, CacheTiming::failover)),
    TTL_SECONDS(timing("ttl_seconds", Kind.NUMBER, t -> boxed(t.ttlSecondsMicros()))),
    TTFB_MS(timing("ttfb_ms", Kind.NUMBER, t -> boxed(t.ttfbMicros()))),
    FCP_MS(timing("fcp_ms", Kind.NUMBER, t -> boxed(t.fcpMicros()))),
    LCP_MS(timing("lcp_ms", Kind.NUMBER, t -> boxed(t.lcpMicros()))),
    INP_MS(timing("inp_ms", Kind.NUMBER, t -> boxed(t.inpMicros()))),
    CLS(timing("cls", Kind.NUMBER, t -> boxed(t.clsMicros()))),
    ORDER(purchase("order", Kind.TEXT, Purchase::order, 0)),
    KIND(purchase("kind", Kind.TEXT, Purchase::kind, 0)),
    PLAN(purchase("plan", Kind.TEXT, Purchase::plan, 0)),
    CURRENCY(purchase("currency", Kind.TEXT, Purchase::currency, 0)),
    QUANTITY(purchase("quantity", Kind.NUMBER, Purchase::quantityMicros, Decimal6.DECIMAL_PLACES)),
    AMOUNT_MINOR(purchase("amount_minor", Kind.NUMBER, p -> boxed(p.amountMinor()), 0)),
    SKU(new EventField("sku", Kind.TEXT, EnumSet.of(EventType.PURCHASE, EventType.STOCK), KnownField::sku, 0)),
    ON_HAND(new EventField("on_hand", Kind.NUMBER, EnumSet.of(EventType.STOCK), e -> ((Stock) e).onHand(), 0));

    @SuppressWarnings("ImmutableEnumChecker") // its reader is a stateless lambda
    private final EventField field;

    KnownField(EventField field) {
        this.field = field;
    }

    EventField field() {
        return field;
    }

    private static EventField common(String name, Function<Event, @Nullable Object> reader) {
        return new EventField(name, Kind.TEXT, Set.of(EventType.values()), reader, 0);
    }

    private static EventField timing(String name, Kind kind, Function<CacheTiming, @Nullable Object> reader) {
        int scale = kind == Kind.NUMBER ? Decimal6.DECIMAL_PLACES : 0;
        return new EventField(
                name, kind, EnumSet.of(EventType.CACHE_TIMING), e -> reader.apply((CacheTiming) e), scale);
    }

    private static EventField purchase(String name, Kind kind, Function<Purchase, @Nullable Object> reader, int scale) {
        return new EventField(name, kind, EnumSet.of(EventType.PURCHASE), e -> reader.apply((Purchase) e), scale);
    }

    private static @Nullable Object boxed(OptionalLong value) {
        return value.isPresent() ? (Object) value.getAsLong() : null;
    }

    private static @Nullable Object visitor(Event event) {
        if (event instanceof Visit visit) {
            return visit.visitor();
        }
        return event instanceof Purchase purchase ? purchase.visitor() : ((CacheTiming) event).visitor();
    }

    private static @Nullable Object sku(Event event) {
        return event instanceof Stock stock ? stock.sku() : ((Purchase) event).sku();
    }
}
