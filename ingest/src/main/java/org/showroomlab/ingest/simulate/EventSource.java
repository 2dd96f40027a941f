package org.showroomlab.ingest.simulate;

import java.util.function.Consumer;
import org.showroomlab.ingest.event.Event;

/** One storyline of the world, told in batches. Batches overlap in time, but none reaches before its own start. */
interface EventSource {
    long NOTHING_LEFT = Long.MAX_VALUE;

    /** No event of this or any later batch happens before that; {@link #NOTHING_LEFT} at the end. */
    long earliestMillis();

    /** Tells the next batch, in any order. */
    void tellNext(Consumer<Event> listener);
}
