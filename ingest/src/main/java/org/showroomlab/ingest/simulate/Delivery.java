package org.showroomlab.ingest.simulate;

import org.showroomlab.ingest.event.EventType;

/**
 * One record as it reaches the pipeline. The bytes are not copied and must not be changed.
 *
 * @param deliveredAtMillis when it arrives, never before it happened; later for showrooms that were offline
 * @param topic the topic it was meant for, also when the record is malformed
 * @param key visitor, cache, or showroom/sku
 * @param value the record: JSON of an event, or what is left of it
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes to Kafka or a file; never compared
public record Delivery(long deliveredAtMillis, EventType topic, byte[] key, byte[] value) {}
