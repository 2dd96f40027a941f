package org.showroomlab.jobs.count;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.showroomlab.jobs.results.ClusterStatistic;
import org.showroomlab.jobs.results.HistogramCounts;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.StockCount;
import org.showroomlab.jobs.results.UnitStatistic;

/** A cell as the row of its table. */
public final class CellRows {
    private CellRows() {}

    public static ResultRow row(CellKey key, Cell cell) {
        return switch (key.table()) {
            case UNITS -> unitStatistic(key, cell);
            case CLUSTERS -> clusterStatistic(key, cell);
            case HISTOGRAMS -> histogram(key, cell);
            case LIFE_TABLES ->
                new LifeTableCount(
                        key.experiment(),
                        key.variant(),
                        key.metric(),
                        key.period(),
                        key.dimension(),
                        key.bin(),
                        LocalDate.ofEpochDay(key.day()),
                        cell.count(0));
            case STOCK -> stock(key, cell);
        };
    }

    private static StockCount stock(CellKey key, Cell cell) {
        return new StockCount(
                key.experiment(),
                key.metric(),
                key.dimension(),
                key.dimensionValue(),
                key.variant(),
                key.period(),
                key.bin(),
                LocalDate.ofEpochDay(key.day()),
                cell.count(0),
                cell.sum(0));
    }

    private static UnitStatistic unitStatistic(CellKey key, Cell cell) {
        List<BigInteger> sums = new ArrayList<>(Cell.UNIT_SUMS);
        for (int i = 0; i < Cell.UNIT_SUMS; i++) {
            sums.add(cell.sum(i));
        }
        return new UnitStatistic(
                key.experiment(),
                key.metric(),
                key.variant(),
                key.dimension(),
                key.dimensionValue(),
                LocalDate.ofEpochDay(key.day()),
                cell.count(0),
                cell.count(1),
                sums);
    }

    private static ClusterStatistic clusterStatistic(CellKey key, Cell cell) {
        return new ClusterStatistic(
                key.experiment(),
                key.metric(),
                key.variant(),
                key.dimension(),
                key.dimensionValue(),
                key.cluster(),
                key.period(),
                LocalDate.ofEpochDay(key.day()),
                cell.count(0),
                cell.sum(0),
                cell.sum(1),
                cell.count(1),
                cell.sum(2));
    }

    private static HistogramCounts histogram(CellKey key, Cell cell) {
        BucketCounts counts = cell.buckets();
        List<Integer> buckets = new ArrayList<>(counts.size());
        List<Long> events = new ArrayList<>(counts.size());
        for (int i = 0; i < counts.size(); i++) {
            buckets.add(counts.bucket(i));
            events.add(counts.count(i));
        }
        return new HistogramCounts(
                key.experiment(),
                key.metric(),
                key.variant(),
                key.dimension(),
                key.dimensionValue(),
                key.cluster(),
                key.period(),
                LocalDate.ofEpochDay(key.day()),
                buckets,
                events);
    }
}
