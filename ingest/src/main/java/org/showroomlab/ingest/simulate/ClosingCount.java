package org.showroomlab.ingest.simulate;

import java.util.Map;
import java.util.function.Consumer;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventHeader;

/**
 * The stock-taking after the quarter: every showroom counts what is left of the display pieces. Being later than every
 * observation time, it also tells the pipeline that the experiments are over.
 */
final class ClosingCount implements EventSource {
    static final String SKU = "display-piece";
    private static final int MOST_LEFT = 40;

    private final long countedAtMillis;
    private final Randomness random;
    private boolean told;

    ClosingCount(Quarter quarter, long seed) {
        this.countedAtMillis = quarter.endMillis() + Quarter.HOUR_MILLIS;
        this.random = Randomness.of(seed, "closing-count");
    }

    @Override
    public long earliestMillis() {
        return told ? NOTHING_LEFT : countedAtMillis;
    }

    @Override
    public void tellNext(Consumer<Event> listener) {
        told = true;
        for (Showroom showroom : Showroom.ALL) {
            EventHeader header = new EventHeader(
                    "closing-" + showroom.id(),
                    countedAtMillis,
                    showroom.id(),
                    showroom.region(),
                    showroom.market(),
                    null,
                    null,
                    Map.of(),
                    Map.of());
            listener.accept(new Event.Stock(header, SKU, random.below(MOST_LEFT)));
        }
    }
}
