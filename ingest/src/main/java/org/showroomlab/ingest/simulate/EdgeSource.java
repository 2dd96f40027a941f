package org.showroomlab.ingest.simulate;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.commons.math3.util.FastMath;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventHeader;

/**
 * Page timings at the edge caches, whose TTL switches every period: each three periods of a cache hold the three TTLs
 * once, in random order. Objects stored under the old TTL live on through the washout.
 */
final class EdgeSource implements EventSource {
    static final int PERIOD_MINUTES = 240;
    static final int WASHOUT_MINUTES = 60;
    private static final long PERIOD_MILLIS = PERIOD_MINUTES * 60_000L;
    private static final long WASHOUT_MILLIS = WASHOUT_MINUTES * 60_000L;
    private static final int[][] ORDERS = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    /** Share of a day's views in each of its six periods. */
    private static final double[] DAY_CURVE = {0.05, 0.08, 0.17, 0.24, 0.28, 0.18};

    private static final double TENTH = 10;
    private static final double THOUSANDTH = 1000;
    private static final double INP_MEDIAN_MILLIS = 120;
    private static final double CLS_MEDIAN = 0.05;
    private static final double NEGATIVE_CONTROL_SIGMA = 0.5;

    private final ParameterTable parameters;
    private final Quarter quarter;
    private final List<EdgeCache> caches;
    private final CacheModel model;
    private final int[] ttlSeconds;
    private final List<Map<String, String>> exposures;
    private final Randomness orders;
    private final Randomness random;
    private final double timingsPerCacheDay;
    private final int batches;
    private int next;

    EdgeSource(ParameterTable parameters, Quarter quarter, Arms arms, long seed) {
        this.parameters = parameters;
        this.quarter = quarter;
        this.caches = EdgeCache.all(parameters, seed);
        this.model = CacheModel.of(parameters);
        this.ttlSeconds = new int[] {
            parameters.integer("ttl_speed.ttl_1"),
            parameters.integer("ttl_speed.ttl_2"),
            parameters.integer("ttl_speed.ttl_3")
        };
        this.exposures = List.of(
                arms.exposure(ExperimentIds.TTL_SPEED, 0),
                arms.exposure(ExperimentIds.TTL_SPEED, 1),
                arms.exposure(ExperimentIds.TTL_SPEED, 2));
        this.orders = Randomness.of(seed, "ttl-orders");
        this.random = Randomness.of(seed, "timings");
        this.timingsPerCacheDay = parameters.number("ttl_speed.timings_per_visitor")
                * parameters.number("visitors")
                / (quarter.days() * (double) caches.size());
        this.batches = quarter.days() * DAY_CURVE.length * caches.size();
    }

    @Override
    public long earliestMillis() {
        return next < batches ? periodStartMillis(next / caches.size()) : NOTHING_LEFT;
    }

    @Override
    public void tellNext(Consumer<Event> listener) {
        int batch = next++;
        random.restart(batch);
        int period = batch / caches.size();
        int cache = batch % caches.size();
        double shift = FastMath.exp(parameters.number("ttl_speed.period_sigma") * random.gaussian());
        int views = random.poisson(timingsPerCacheDay * DAY_CURVE[period % DAY_CURVE.length]);
        int arm = arm(cache, period);
        int armBefore = period == 0 ? arm : arm(cache, period - 1);
        for (int i = 0; i < views; i++) {
            long offsetMillis = (long) (random.uniform() * PERIOD_MILLIS);
            EventHeader header = header(
                    caches.get(cache), periodStartMillis(period) + offsetMillis, period + "-" + i, exposures.get(arm));
            int effectiveArm = offsetMillis < WASHOUT_MILLIS ? armBefore : arm;
            listener.accept(view(header, cache, arm, effectiveArm, shift));
        }
    }

    private Event view(EventHeader header, int cacheIndex, int arm, int effectiveArm, double shift) {
        EdgeCache cache = caches.get(cacheIndex);
        boolean failover = random.happens(model.failoverShare());
        String status = failover ? "miss" : status(cache, ttlSeconds[effectiveArm]);
        boolean slow = status.equals("miss");
        double ttfb = random.logNormal(
                parameters.number(slow ? "ttl_speed.ttfb_miss_ms" : "ttl_speed.ttfb_hit_ms"),
                parameters.number("ttl_speed.ttfb_sigma"));
        double lcp = shift
                * random.logNormal(
                        parameters.number(slow ? "ttl_speed.lcp_miss_ms" : "ttl_speed.lcp_hit_ms"),
                        parameters.number("ttl_speed.lcp_sigma"));
        EdgeCache server = failover ? caches.get((cacheIndex + 1) % caches.size()) : cache;
        return new Event.CacheTiming(
                header,
                cache.id(),
                null,
                server.id(),
                OptionalLong.of(ttlSeconds[arm] * 1_000_000L),
                status,
                failover,
                micros(ttfb, TENTH),
                OptionalLong.empty(),
                micros(lcp, TENTH),
                micros(random.logNormal(INP_MEDIAN_MILLIS, NEGATIVE_CONTROL_SIGMA), TENTH),
                micros(random.logNormal(CLS_MEDIAN, NEGATIVE_CONTROL_SIGMA), THOUSANDTH));
    }

    private String status(EdgeCache cache, int ttl) {
        double u = random.uniform();
        double hits = model.hitShare(cache, ttl);
        if (u < hits) {
            return "hit";
        }
        return u < hits + model.staleShare(cache, ttl) ? "stale" : "miss";
    }

    private int arm(int cache, int period) {
        int block = period / ORDERS[0].length;
        int[] order =
                ORDERS[orders.restart(block * (long) caches.size() + cache).below(ORDERS.length)];
        return order[period % ORDERS[0].length];
    }

    private long periodStartMillis(int period) {
        return quarter.startMillis() + period * PERIOD_MILLIS;
    }

    private static EventHeader header(EdgeCache cache, long atMillis, String suffix, Map<String, String> exposures) {
        Showroom at = cache.showroom();
        return new EventHeader(
                cache.id() + "-" + suffix,
                atMillis,
                at.id(),
                at.region(),
                at.market(),
                null,
                VisitorEvents.ONLINE,
                exposures,
                Map.of());
    }

    /** Rounded as browsers report it. */
    private static OptionalLong micros(double value, double perUnit) {
        return OptionalLong.of(Math.round(value * perUnit) * (long) (1_000_000 / perUnit));
    }
}
