package org.showroomlab.ingest.simulate;

import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.AttributeValue;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventHeader;

/**
 * Writes the events of one visitor in one storyline, with ids that count up.
 *
 * @see #LINE
 */
final class VisitorEvents {
    static final String WALK_IN = "walk_in";
    static final String ONLINE = "online";
    /** The attribute that tells the storylines' purchases apart, so that one test's metric never counts another's. */
    static final String LINE = "line";

    private static final long ONE_PIECE_MICROS = 1_000_000;

    private final Visitor visitor;
    private final String line;
    private final Map<String, AttributeValue> purchaseAttributes;
    private int count;

    VisitorEvents(Visitor visitor, String line) {
        this.visitor = visitor;
        this.line = line;
        this.purchaseAttributes = Map.of(LINE, new AttributeValue.Text(line));
    }

    Event visit(long atMillis, String channel, String page, Map<String, String> exposures) {
        return new Event.Visit(header(atMillis, channel, exposures, Map.of()), visitor.id(), page);
    }

    /** A visit that used a perk of a membership. */
    Event perk(long atMillis, String perk, Map<String, String> exposures) {
        return new Event.Visit(
                header(atMillis, WALK_IN, exposures, Map.of("perk", new AttributeValue.Text(perk))),
                visitor.id(),
                perk);
    }

    String newOrder() {
        return visitor.id() + "-" + line + "-o" + count;
    }

    Event purchase(
            long atMillis,
            String channel,
            String order,
            String kind,
            @Nullable String sku,
            long quantity,
            long amountMinor,
            @Nullable String plan) {
        return new Event.Purchase(
                header(atMillis, channel, Map.of(), purchaseAttributes),
                visitor.id(),
                order,
                kind,
                sku,
                quantity * ONE_PIECE_MICROS,
                OptionalLong.of(amountMinor),
                visitor.home().currency(),
                plan);
    }

    private EventHeader header(
            long atMillis, String channel, Map<String, String> exposures, Map<String, AttributeValue> attributes) {
        Showroom home = visitor.home();
        return new EventHeader(
                visitor.id() + "-" + line + "-" + count++,
                atMillis,
                home.id(),
                home.region(),
                home.market(),
                visitor.creator(),
                channel,
                exposures,
                attributes);
    }
}
