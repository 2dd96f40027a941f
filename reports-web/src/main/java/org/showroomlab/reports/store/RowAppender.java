package org.showroomlab.reports.store;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.ClusterStatistic;
import org.showroomlab.jobs.results.DeadLetterRow;
import org.showroomlab.jobs.results.HistogramCounts;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.jobs.results.StockCount;
import org.showroomlab.jobs.results.UnitStatistic;

/** Writes the cells of one row in the order of its table's columns. */
final class RowAppender {
    private RowAppender() {}

    static void append(DuckDBAppender to, ResultRow row, String feed) throws SQLException {
        to.beginRow();
        if (row instanceof UnitStatistic statistic) {
            cells(to, statistic);
        } else if (row instanceof ClusterStatistic statistic) {
            cells(to, statistic);
        } else if (row instanceof HistogramCounts histogram) {
            cells(to, histogram);
        } else if (row instanceof LifeTableCount count) {
            cells(to, count);
        } else if (row instanceof StockCount count) {
            cells(to, count);
        } else if (row instanceof ShowroomProgress progress) {
            to.append(feed).append(progress.showroom()).append(progress.newestMillis());
        } else if (row instanceof AccountingRow account) {
            cells(to, account, feed);
        } else if (row instanceof DeadLetterRow letter) {
            cells(to, letter, feed);
        }
        to.endRow();
    }

    private static void cells(DuckDBAppender to, UnitStatistic row) throws SQLException {
        to.append(row.experiment())
                .append(row.metric())
                .append(row.variant())
                .append(row.dimension())
                .append(row.dimensionValue())
                .append(row.day())
                .append(row.n())
                .append(row.events());
        for (BigInteger sum : row.sums()) {
            WideSums.append(to, sum);
        }
        WideSums.appendText(to, row.sums());
    }

    private static void cells(DuckDBAppender to, ClusterStatistic row) throws SQLException {
        to.append(row.experiment())
                .append(row.metric())
                .append(row.variant())
                .append(row.dimension())
                .append(row.dimensionValue())
                .append(row.cluster())
                .append(row.period())
                .append(row.day())
                .append(row.events())
                .append(row.sum());
        WideSums.append(to, row.sumSquares());
        to.append(row.denEvents()).append(row.denSum());
        WideSums.appendText(to, List.of(row.sum(), row.sumSquares(), row.denSum()));
    }

    private static void cells(DuckDBAppender to, HistogramCounts row) throws SQLException {
        to.append(row.experiment())
                .append(row.metric())
                .append(row.variant())
                .append(row.dimension())
                .append(row.dimensionValue())
                .append(row.cluster())
                .append(row.period())
                .append(row.day())
                .append(row.buckets())
                .append(row.counts());
    }

    private static void cells(DuckDBAppender to, LifeTableCount row) throws SQLException {
        to.append(row.experiment())
                .append(row.variant())
                .append(row.origin())
                .append(row.entryBin())
                .append(row.kind())
                .append(row.bin())
                .append(row.day())
                .append(row.n());
    }

    private static void cells(DuckDBAppender to, StockCount row) throws SQLException {
        to.append(row.experiment())
                .append(row.kind())
                .append(row.showroom())
                .append(row.sku())
                .append(row.variant())
                .append(row.atMillis())
                .append(row.onHand())
                .append(row.day())
                .append(row.n())
                .append(row.pieces());
    }

    private static void cells(DuckDBAppender to, AccountingRow row, String feed) throws SQLException {
        to.append(feed)
                .append(row.source())
                .append(row.received())
                .append(row.counted())
                .append(row.inNoExperiment())
                .append(row.duplicates())
                .append(row.conflictingDuplicates())
                .append(row.deadLettered())
                .append(row.late())
                .append(row.unknownExposures())
                .append(row.newestMillis());
    }

    private static void cells(DuckDBAppender to, DeadLetterRow row, String feed) throws SQLException {
        to.append(feed)
                .append(row.source())
                .append(row.position())
                .append(row.code())
                .append(row.field())
                .append(row.detail())
                .append(row.bytes());
    }
}
