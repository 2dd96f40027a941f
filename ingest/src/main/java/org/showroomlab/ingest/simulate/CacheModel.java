package org.showroomlab.ingest.simulate;

import org.apache.commons.math3.util.FastMath;

/**
 * What a cache does with a TTL of T seconds: hit share λT / (1 + λT); stale share 1 − (1 − e^(−μT)) / (μT), taken out of
 * the misses (an expired object served while it is fetched anew); failovers are always misses.
 *
 * @param updatesPerSecond μ
 * @param failoverShare of views that another cache serves
 */
record CacheModel(double updatesPerSecond, double failoverShare) {
    static CacheModel of(ParameterTable parameters) {
        return new CacheModel(
                parameters.number("ttl_speed.updates_per_hour") / 3600, parameters.number("ttl_speed.failover_share"));
    }

    /** Of the views that the assigned cache serves. */
    double hitShare(EdgeCache cache, double ttlSeconds) {
        double perTtl = cache.requestsPerSecond() * ttlSeconds;
        return perTtl / (1 + perTtl);
    }

    /** Of the views that the assigned cache serves; never more than the hits leave. */
    double staleShare(EdgeCache cache, double ttlSeconds) {
        double updates = updatesPerSecond * ttlSeconds;
        double theory = updates == 0 ? 0 : 1 + FastMath.expm1(-updates) / updates;
        return Math.min(theory, 1 - hitShare(cache, ttlSeconds));
    }

    /** Of all views: those that need not wait for the origin. */
    double fastShare(EdgeCache cache, double ttlSeconds) {
        return (1 - failoverShare) * (hitShare(cache, ttlSeconds) + staleShare(cache, ttlSeconds));
    }
}
