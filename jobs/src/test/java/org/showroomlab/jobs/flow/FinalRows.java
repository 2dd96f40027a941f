package org.showroomlab.jobs.flow;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.java.tuple.Tuple2;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.ClusterStatistic;
import org.showroomlab.jobs.results.Cut;
import org.showroomlab.jobs.results.DeadLetterRow;
import org.showroomlab.jobs.results.ExperimentRow;
import org.showroomlab.jobs.results.HistogramCounts;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.RolledBack;
import org.showroomlab.jobs.results.Settled;
import org.showroomlab.jobs.results.StockCount;
import org.showroomlab.jobs.results.UnitStatistic;

/**
 * What a reader of the results has in the end: of each key the row that was written last, unless a failed job wrote it
 * after the checkpoint that it went back to, or a job before the one that was submitted last.
 */
final class FinalRows {
    private final Map<String, ResultCodec.Stamped> rows = new HashMap<>();

    synchronized void write(Tuple2<String, byte[]> row) {
        ResultCodec.Stamped stamped = ResultCodec.decodeStamped(row.f1);
        if (stamped.row() instanceof RolledBack back) {
            rows.values().removeIf(each -> each.stamp().filter(back::voids).isPresent() || isOfJobBefore(each, back));
        } else if (!(stamped.row() instanceof Settled || stamped.row() instanceof Cut)) {
            rows.put(row.f0, stamped);
        }
    }

    private static boolean isOfJobBefore(ResultCodec.Stamped each, RolledBack back) {
        return each.row() instanceof ExperimentRow of
                && back.counts(of.experiment())
                && each.stamp()
                        .filter(stamp -> stamp.jobId().equals(back.jobId()))
                        .isEmpty();
    }

    /** Rows that say something: one whose numbers are all zero replaces an older one and is stored as none. */
    synchronized Set<ResultRow> all() {
        return saying(rows.values().stream().map(ResultCodec.Stamped::row).toList());
    }

    /** The same without the records that were set aside, which name where they stood. */
    static Set<ResultRow> withoutDeadLetters(Collection<ResultRow> rows) {
        Set<ResultRow> kept = saying(rows);
        kept.removeIf(DeadLetterRow.class::isInstance);
        return kept;
    }

    /** The same without what depends on the names and order of the sources. */
    static Set<ResultRow> statistics(Collection<ResultRow> rows) {
        Set<ResultRow> statistics = withoutDeadLetters(rows);
        statistics.removeIf(AccountingRow.class::isInstance);
        return statistics;
    }

    private static Set<ResultRow> saying(Collection<ResultRow> rows) {
        Set<ResultRow> saying = new HashSet<>(rows);
        saying.removeIf(FinalRows::isZero);
        return saying;
    }

    private static boolean isZero(ResultRow row) {
        if (row instanceof UnitStatistic s) {
            return s.n() == 0 && s.events() == 0 && s.sums().stream().allMatch(v -> v.signum() == 0);
        }
        if (row instanceof ClusterStatistic c) {
            return c.events() == 0
                    && c.denEvents() == 0
                    && Stream.of(c.sum(), c.sumSquares(), c.denSum()).allMatch(v -> v.signum() == 0);
        }
        return (row instanceof HistogramCounts h && h.counts().isEmpty())
                || (row instanceof LifeTableCount l && l.n() == 0)
                || (row instanceof StockCount s && s.n() == 0 && s.pieces().signum() == 0);
    }

    /** The experiment that a row speaks of; empty when none. */
    static String experiment(ResultRow row) {
        if (row instanceof UnitStatistic s) {
            return s.experiment();
        }
        if (row instanceof ClusterStatistic c) {
            return c.experiment();
        }
        if (row instanceof HistogramCounts h) {
            return h.experiment();
        }
        if (row instanceof StockCount s) {
            return s.experiment();
        }
        return row instanceof LifeTableCount l ? l.experiment() : "";
    }
}
