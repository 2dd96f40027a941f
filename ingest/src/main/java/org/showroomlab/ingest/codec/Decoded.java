package org.showroomlab.ingest.codec;

import org.showroomlab.ingest.event.Event;

/** What became of a record's bytes: an event, or the reason why not. */
public sealed interface Decoded {

    record Accepted(Event event) implements Decoded {}

    record Refused(Refusal refusal) implements Decoded {}
}
