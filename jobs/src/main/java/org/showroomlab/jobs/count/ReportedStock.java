package org.showroomlab.jobs.count;

import java.util.HashMap;
import java.util.Map;
import org.showroomlab.jobs.count.ClusterSums.Slice;
import org.showroomlab.jobs.count.ClusterSums.SliceSums;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.plan.StockPlan;

/**
 * Stock reports as sums. The reports of one product in one showroom at one instant are one {@link ClusterUnit}: its
 * cluster says which product and where, its period is the time, and its slices count the reports by the variant that they
 * carry and by what is on hand. Nothing is concluded from them here, so a report is added or taken back by itself.
 */
final class ReportedStock {
    private ReportedStock() {}

    /** The showroom's length keeps the two names apart, whatever characters they have. */
    static String cluster(String showroom, String sku) {
        return showroom.length() + " " + showroom + sku;
    }

    static void add(ClusterSums.Day day, int variant, long onHand, int sign) {
        day.slices()
                .computeIfAbsent(new Slice(variant, Long.toString(onHand)), s -> new SliceSums())
                .addEvents(sign);
    }

    static Map<CellKey, Cell> cells(ExperimentPlan experiment, ClusterUnit unit, ClusterSums sums) {
        Map<CellKey, Cell> cells = new HashMap<>();
        int start = unit.cluster().indexOf(' ') + 1;
        int end = start + Integer.parseInt(unit.cluster().substring(0, start - 1));
        sums.days()
                .forEach((day, reports) -> reports.slices().forEach((slice, count) -> {
                    CellKey key = new CellKey(
                            CellKey.Table.STOCK,
                            experiment.id(),
                            StockPlan.REPORT,
                            slice.dimension() < 0 ? "" : experiment.variants().get(slice.dimension()),
                            unit.cluster().substring(start, end),
                            unit.cluster().substring(end),
                            "",
                            unit.period(),
                            Long.parseLong(slice.value()),
                            experiment.calendar().date(day).toEpochDay());
                    cells.put(key, Cell.ofStock(count.events(), 0));
                }));
        return cells;
    }
}
