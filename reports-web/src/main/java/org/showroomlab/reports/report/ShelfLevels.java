package org.showroomlab.reports.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a shelf had over time, by its reports. Of reports at the same instant the smallest counts, because pieces only go
 * while a drop is on.
 */
final class ShelfLevels {
    private static final long GOES_ON = Long.MAX_VALUE;

    /** A time without a piece, from a report of none to one of some, if there is one. */
    record Empty(long fromMillis, long untilMillis) {
        boolean goesOn() {
            return untilMillis == GOES_ON;
        }

        long millis() {
            return untilMillis - fromMillis;
        }
    }

    record Report(long atMillis, long pieces) {}

    private final TreeMap<Long, Long> onHand = new TreeMap<>();

    void report(long atMillis, long pieces) {
        onHand.merge(atMillis, pieces, Math::min);
    }

    /** What the last report says. */
    long last() {
        return onHand.lastEntry().getValue();
    }

    /** The last report before that time. */
    Optional<Report> lastBefore(long beforeMillis) {
        return Optional.ofNullable(onHand.lowerEntry(beforeMillis))
                .map(last -> new Report(last.getKey(), last.getValue()));
    }

    /** From the first report since that time on, if this one says that there is none. */
    Optional<Empty> emptyAfter(long fromMillis) {
        return Optional.ofNullable(onHand.ceilingEntry(fromMillis))
                .filter(first -> first.getValue() == 0)
                .map(first -> new Empty(first.getKey(), GOES_ON));
    }

    /**
     * The times in which there was none, by reports before that time; not those before the first piece came. That one came
     * shows a report of some or a piece that went: reports before the experiment's start are not kept.
     *
     * @param firstTakenMillis when the first piece went; {@link Long#MAX_VALUE}: none did
     */
    List<Empty> emptied(long firstTakenMillis, long beforeMillis) {
        List<Empty> times = new ArrayList<>();
        boolean hadSome = false;
        @Nullable Long since = null;
        for (Map.Entry<Long, Long> report : onHand.headMap(beforeMillis).entrySet()) {
            boolean hasSome = report.getValue() > 0;
            if (!hadSome && (hasSome || firstTakenMillis <= report.getKey())) {
                hadSome = true;
                since = null;
            }
            if (!hasSome) {
                since = since == null ? report.getKey() : since;
            } else if (since != null) {
                times.add(new Empty(since, report.getKey()));
                since = null;
            }
        }
        boolean cameLater = !hadSome && firstTakenMillis != Long.MAX_VALUE;
        if (since != null && !cameLater) {
            times.add(new Empty(since, GOES_ON));
        }
        return times;
    }

    /** Whether any report is about pieces that came, not only of none before the first one went. */
    boolean tells(long firstTakenMillis) {
        return onHand.entrySet().stream()
                .anyMatch(report -> report.getValue() > 0 || firstTakenMillis <= report.getKey());
    }
}
