package org.showroomlab.reports.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a shelf had over time, by its reports. Of reports at the same instant the smallest counts, because pieces only go
 * while a drop is on.
 */
final class ShelfLevels {
    /** A time without a piece, from a report of none to one of some. */
    record Empty(long fromMillis, long untilMillis) {
        long millis() {
            return untilMillis - fromMillis;
        }
    }

    private final TreeMap<Long, Long> onHand = new TreeMap<>();

    void report(long atMillis, long pieces) {
        onHand.merge(atMillis, pieces, Math::min);
    }

    /** What the last report says. */
    long last() {
        return onHand.lastEntry().getValue();
    }

    /** When the first of the last reports before that time was, if these say that there is none. */
    OptionalLong emptySince(long beforeMillis) {
        @Nullable Long since = null;
        for (Map.Entry<Long, Long> report : onHand.headMap(beforeMillis).entrySet()) {
            if (report.getValue() > 0) {
                since = null;
            } else if (since == null) {
                since = report.getKey();
            }
        }
        return since == null ? OptionalLong.empty() : OptionalLong.of(since);
    }

    /** The times before that one in which there was none any more; not those before the first piece came. */
    List<Empty> emptied(long beforeMillis) {
        List<Empty> times = new ArrayList<>();
        boolean hadSome = false;
        @Nullable Long since = null;
        for (Map.Entry<Long, Long> report : onHand.headMap(beforeMillis).entrySet()) {
            if (report.getValue() > 0) {
                if (since != null) {
                    times.add(new Empty(since, report.getKey()));
                }
                since = null;
                hadSome = true;
            } else if (since == null && hadSome) {
                since = report.getKey();
            }
        }
        if (since != null) {
            times.add(new Empty(since, beforeMillis));
        }
        return times;
    }
}
