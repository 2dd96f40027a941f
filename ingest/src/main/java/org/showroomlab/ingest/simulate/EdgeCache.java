package org.showroomlab.ingest.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.util.FastMath;

/**
 * One edge cache, beside one showroom.
 *
 * @param requestsPerSecond lambda of an object, which decides how often the cache has it
 */
record EdgeCache(String id, Showroom showroom, double requestsPerSecond) {
    /** The caches of a world; how busy each is belongs to the seed. */
    static List<EdgeCache> all(ParameterTable parameters, long seed) {
        Randomness random = Randomness.of(seed, "caches");
        double perSecond = parameters.number("ttl_speed.requests_per_hour") / 3600;
        double spread = parameters.number("ttl_speed.cache_spread");
        List<EdgeCache> caches = new ArrayList<>();
        for (int i = 0; i < Showroom.ALL.size(); i++) {
            double rate = perSecond * FastMath.exp(spread * random.gaussian());
            caches.add(new EdgeCache(String.format(Locale.ROOT, "edge-%02d", i + 1), Showroom.ALL.get(i), rate));
        }
        return caches;
    }
}
