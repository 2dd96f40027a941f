package org.showroomlab.ingest.experiment;

import java.util.OptionalLong;

/**
 * One arm of an experiment.
 *
 * @param weight its planned share relative to the other weights, above 0
 * @param priceMinor its price in minor units (price elasticity)
 * @param ttlSeconds its edge-cache time to live (TTL speed)
 * @param allotment its pieces per drop (preorder to walk-in)
 */
public record Variant(
        String id,
        double weight,
        boolean control,
        OptionalLong priceMinor,
        OptionalLong ttlSeconds,
        OptionalLong allotment) {}
