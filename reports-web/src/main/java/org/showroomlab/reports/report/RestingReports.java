package org.showroomlab.reports.report;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.showroomlab.reports.store.Look;

/**
 * Knows which reports of ended experiments have come to rest. A job that reads one topic faster than another has purchases of
 * the last day before the visits of many days: by the times of events the experiment has ended, and what its report says
 * changes all the time. Of a look that is the last one and never rewritten that must not be the last word.
 */
public final class RestingReports {
    /** What has not changed for so long is at rest. */
    private static final Duration REST = Duration.ofSeconds(20);

    /** Somewhere something may come late for ever. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private record Said(List<Look> looks, Instant since, Instant first) {}

    private final Map<String, Said> said = new HashMap<>();

    /** What is said again, or not at an end any more, has to come to rest again. */
    void forget(String experiment) {
        said.remove(experiment);
    }

    /**
     * Whether the report has said the same for a while, or there is no use in waiting for it any longer.
     *
     * @param looks what it says now
     * @param now clock time, later with each call
     */
    boolean isAtRest(Report report, List<Look> looks, Instant now) {
        if (report.status() != Status.ENDED) {
            forget(report.experiment().id());
            return true;
        }
        List<Look> timeless =
                looks.stream().map(look -> look.knownAt(Instant.EPOCH)).toList();
        String id = report.experiment().id();
        Said before = said.get(id);
        Said current;
        if (before == null) {
            current = new Said(timeless, now, now);
        } else {
            current = new Said(timeless, before.looks.equals(timeless) ? before.since : now, before.first);
        }
        said.put(id, current);
        return !current.since.plus(REST).isAfter(now)
                || !current.first.plus(LONGEST).isAfter(now);
    }
}
