package org.showroomlab.ingest.simulate;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventHeader;

/**
 * The way from a showroom to the platform: latency, stragglers, pop-ups that sync late, re-deliveries, conflicting
 * versions and broken copies. What is broken or conflicting always comes on top of the good record, and a conflicting
 * version always has the later timestamp, so that none of this moves the truth.
 */
final class Transport {
    private static final double CONFLICT_HOURS = 1;
    private static final double REDELIVERY_MEAN_HOURS = 6;
    private static final double SECONDS_PER_HOUR = 3600;

    /** A record on its way; {@code corruption} is null for a good one. */
    record Sent(
            long deliveredAtMillis, Event event, @Nullable Corruption corruption) {}

    private final PopUpNetwork network;
    private final Randomness random;
    private final double duplicateShare;
    private final double conflictShare;
    private final double malformedShare;
    private final double latencyHours;
    private final double stragglerShare;
    private final double stragglerHours;

    Transport(ParameterTable parameters, Quarter quarter, long seed) {
        this.network = new PopUpNetwork(parameters, quarter, seed);
        this.random = Randomness.of(seed, "transport");
        this.duplicateShare = parameters.number("noise.duplicate_share");
        this.conflictShare = parameters.number("noise.conflict_share");
        this.malformedShare = parameters.number("noise.malformed_share");
        this.latencyHours = parameters.number("noise.latency_seconds") / SECONDS_PER_HOUR;
        this.stragglerShare = parameters.number("noise.straggler_share");
        this.stragglerHours = parameters.number("noise.straggler_hours");
    }

    void send(Event event, Consumer<Sent> listener) {
        long at = deliveredAtMillis(event);
        listener.accept(new Sent(at, event, null));
        if (random.happens(duplicateShare)) {
            listener.accept(new Sent(later(at, REDELIVERY_MEAN_HOURS), event, null));
        }
        if (random.happens(conflictShare)) {
            Event version = Revision.of(event, 1 + random.uniformMillis(0, CONFLICT_HOURS));
            listener.accept(new Sent(later(deliveredAtMillis(version), REDELIVERY_MEAN_HOURS), version, null));
        }
        if (random.happens(malformedShare)) {
            Corruption[] ways = Corruption.values();
            listener.accept(new Sent(later(at, latencyHours), event, ways[random.below(ways.length)]));
        }
    }

    private long deliveredAtMillis(Event event) {
        EventHeader header = event.header();
        long leaves = header.timestampMillis();
        int showroom = Showroom.indexOf(header.showroom());
        // Online orders do not pass through the showroom's network; its devices and its stock counts do.
        if (Showroom.ALL.get(showroom).popUp() && !VisitorEvents.ONLINE.equals(header.channel())) {
            leaves = network.onlineAtMillis(showroom, leaves);
        }
        if (random.happens(stragglerShare)) {
            leaves += random.uniformMillis(0, stragglerHours);
        }
        return later(leaves, latencyHours);
    }

    private long later(long millis, double meanHours) {
        return millis + 1 + (long) (random.exponential(meanHours) * Quarter.HOUR_MILLIS);
    }
}
