package org.showroomlab.reports.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.store.Look;
import org.showroomlab.reports.store.Store;
import org.showroomlab.stats.verdict.Reason;

/** Writes what the reports say now into the append-only ledger of looks. */
public final class LookRecorder {
    /** The share of records on their way for the snapshot that a decision rests on, which is written once. */
    private static final double MOST_ON_THEIR_WAY_AT_A_DECISION = 0.0005;

    /** A repeated run must not say the same once more. */
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private LookRecorder() {}

    /**
     * Records the reports of all experiments that have data, as often as is usual, of events that are all counted.
     *
     * @param now clock time of the look
     */
    public static void record(Store store, Instant now) {
        keep(store, now, LookSchedule.DEFAULT, null);
    }

    /**
     * The same while events come: of an experiment that has ended when its report has come to rest.
     *
     * @param now clock time of the look
     * @param schedule how often in event time
     * @param resting remembers what reports have said
     * @return whether no experiment has to wait
     */
    public static boolean record(Store store, Instant now, LookSchedule schedule, RestingReports resting) {
        return keep(store, now, schedule, resting);
    }

    /** Not of those of which much that their job has received is not counted yet, or whose rows are being said again. */
    private static boolean keep(Store store, Instant now, LookSchedule schedule, @Nullable RestingReports resting) {
        Set<String> restating = store.restating();
        long restatements = store.restatements();
        List<Report> reports = ReportAssembler.assembleAll(store);
        if (store.restatements() != restatements || !store.restating().equals(restating)) {
            return false;
        }
        boolean complete = true;
        for (Report report : reports) {
            if (restating.contains(report.experiment().id())) {
                if (resting != null) {
                    resting.forget(report.experiment().id());
                }
                complete = false;
                continue;
            }
            if (VerdictAssembler.isLeftOut(report.verdict())) {
                continue;
            }
            List<Look> looks = looks(report, now);
            if (resting != null && !resting.isAtRest(report, looks, now)) {
                complete = false;
                continue;
            }
            double onTheirWay = report.accounting().shareOnTheirWay();
            if (onTheirWay <= VerdictAssembler.MOST_ON_THEIR_WAY) {
                store.recordLook(looks, interval(report, schedule));
            }
            if (onTheirWay <= MOST_ON_THEIR_WAY_AT_A_DECISION
                    && SyncedShowrooms.graceIsOver(report.experiment(), report.asOf())) {
                store.recordDecision(looks);
            }
        }
        return complete;
    }

    /** The one report of a stage that may decide is kept, however little time has passed since the last one was. */
    private static Duration interval(Report report, LookSchedule schedule) {
        SequentialLooks looks = report.looks();
        boolean isLook = looks != null && looks.present() && report.status() == Status.RUNNING;
        return isLook ? AT_ONCE : schedule.interval(report.experiment());
    }

    private static List<Look> looks(Report report, Instant now) {
        Instant asOf = report.asOf();
        Information information = report.information();
        if (asOf == null || information == null) {
            return List.of();
        }
        return report.metrics().stream()
                .flatMap(metric -> metric.judged().stream().map(c -> look(report, information, asOf, now, metric, c)))
                .toList();
    }

    private static Look look(
            Report report, Information information, Instant asOf, Instant now, MetricReport metric, Comparison c) {
        return new Look(
                report.experiment().id(),
                asOf,
                now,
                report.verdict().decision().name().toLowerCase(Locale.ROOT),
                codes(report.verdict().reasons().stream()),
                codes(report.verdict().reasons().stream()
                        .filter(r -> metric.metric().id().equals(r.metric())
                                && c.variant().equals(r.variant()))),
                report.status().wireName(),
                metric.metric().id(),
                c.variant(),
                c.control(),
                c.method(),
                metric.judgedArm(c.control()).units(),
                metric.judgedArm(c.variant()).units(),
                information.matured(),
                information.planned(),
                c.difference().value().orElse(null),
                Report.METHOD_VERSION);
    }

    private static String codes(Stream<Reason> reasons) {
        return reasons.map(Reason::code).distinct().collect(Collectors.joining(","));
    }
}
