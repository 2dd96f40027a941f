package org.showroomlab.jobs.count;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Experiment.Analysis;

/** Stock as docs/TABLES.md says it, as of one day. */
final class ReferenceStock {
    private ReferenceStock() {}

    static void countReports(Experiment experiment, long day, List<Event> events, Map<CellKey, Cell> rows) {
        if (experiment.analysis() != Analysis.PREORDER_WALK_IN) {
            return;
        }
        for (Event event : events) {
            long ts = event.header().timestampMillis();
            if (event instanceof Event.Stock stock && isObserved(experiment, ts)) {
                String variant = Objects.requireNonNullElse(ReferenceCount.variant(experiment, event), "");
                add(
                        new CellKey(
                                CellKey.Table.STOCK,
                                experiment.id(),
                                "report",
                                variant,
                                event.header().showroom(),
                                stock.sku(),
                                "",
                                ts,
                                stock.onHand(),
                                day),
                        0,
                        rows);
            }
        }
    }

    static void countVisitor(
            Experiment experiment,
            long day,
            String variant,
            Event first,
            List<Event> history,
            Map<CellKey, Cell> rows) {
        if (experiment.analysis() != Analysis.PREORDER_WALK_IN) {
            return;
        }
        for (Event event : history) {
            long ts = event.header().timestampMillis();
            if (ts < first.header().timestampMillis() || !isObserved(experiment, ts)) {
                continue;
            }
            if (event instanceof Event.Purchase p && p.kind().equals("preorder")) {
                String sku = Objects.requireNonNullElse(p.sku(), "");
                add(key(experiment, day, "preorder", variant, event, sku), p.quantityMicros(), rows);
            } else if (event instanceof Event.Visit visit) {
                add(key(experiment, day, "visit", variant, event, ""), 0, rows);
                if ("sold-out".equals(visit.page())) {
                    add(key(experiment, day, "turned_away", variant, event, ""), 0, rows);
                }
            }
        }
    }

    private static boolean isObserved(Experiment experiment, long ts) {
        return ts >= experiment.start().toEpochMilli()
                && ts < experiment.observeUntil().toEpochMilli();
    }

    private static CellKey key(Experiment experiment, long day, String kind, String variant, Event event, String sku) {
        long minute = event.header().timestampMillis() / 60_000 * 60_000;
        String showroom = event.header().showroom();
        return new CellKey(CellKey.Table.STOCK, experiment.id(), kind, variant, showroom, sku, "", minute, 0, day);
    }

    private static void add(CellKey key, long pieces, Map<CellKey, Cell> rows) {
        Cell cell = rows.computeIfAbsent(key, k -> Cell.ofStock(0, 0));
        cell.addCount(0, 1);
        cell.addValue(0, pieces);
    }
}
