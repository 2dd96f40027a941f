package org.showroomlab.jobs.flow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.showroomlab.jobs.count.GeneratedEvents;

/** Several generated worlds side by side: each has its own visitors and events, all share showrooms and caches. */
final class Worlds {
    private Worlds() {}

    /** All records in an order chosen by the seed. */
    static List<byte[]> of(int worlds, long seed) {
        List<byte[]> records = new ArrayList<>();
        for (int world = 0; world < worlds; world++) {
            String prefix = "w" + world;
            for (byte[] record : GeneratedEvents.of(1000 * seed + world)) {
                String moved = new String(record, StandardCharsets.UTF_8)
                        .replace("\"id\":\"", "\"id\":\"" + prefix)
                        .replace("\"visitor\":\"", "\"visitor\":\"" + prefix);
                records.add(moved.getBytes(StandardCharsets.UTF_8));
            }
        }
        return GeneratedEvents.shuffled(records, seed);
    }
}
