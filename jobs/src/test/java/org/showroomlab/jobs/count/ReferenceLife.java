package org.showroomlab.jobs.count;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Experiment.Analysis;

/** Life tables as docs/TABLES.md says them, of one visitor as of one day. */
final class ReferenceLife {
    private ReferenceLife() {}

    static void count(
            Experiment experiment,
            long day,
            String variant,
            Event first,
            List<Event> history,
            Map<CellKey, Cell> rows) {
        long exposed = first.header().timestampMillis();
        long until = experiment.observeUntil().toEpochMilli();
        List<Event.Purchase> purchases = history.stream()
                .filter(Event.Purchase.class::isInstance)
                .map(Event.Purchase.class::cast)
                .filter(p ->
                        p.header().timestampMillis() >= exposed && p.header().timestampMillis() < until)
                .toList();
        if (experiment.analysis() == Analysis.PREORDER_WALK_IN) {
            Map<String, Set<String>> ends = Map.of(
                    "picked_up", Set.of("pickup"),
                    "cancelled", Set.of("cancellation", "refund"),
                    "no_show", Set.of("no_show"));
            List<String> order = List.of("picked_up", "cancelled", "no_show");
            clock(experiment, day, variant, "exposure", exposed, purchases, ends, order, rows);
            clock(experiment, day, variant, "preorder", entry(purchases, "preorder"), purchases, ends, order, rows);
        } else if (experiment.analysis() == Analysis.PRICE_ELASTICITY) {
            Map<String, Set<String>> ends =
                    Map.of("renewed", Set.of("renewal"), "cancelled", Set.of("cancellation", "refund"));
            Long entry = entry(purchases, "subscription");
            clock(
                    experiment,
                    day,
                    variant,
                    "subscription",
                    entry,
                    purchases,
                    ends,
                    List.of("renewed", "cancelled"),
                    rows);
        }
    }

    private static @Nullable Long entry(List<Event.Purchase> purchases, String kind) {
        return purchases.stream()
                .filter(p -> p.kind().equals(kind))
                .map(p -> p.header().timestampMillis())
                .min(Long::compare)
                .orElse(null);
    }

    private static void clock(
            Experiment experiment,
            long day,
            String variant,
            String origin,
            @Nullable Long entry,
            List<Event.Purchase> purchases,
            Map<String, Set<String>> ends,
            List<String> order,
            Map<CellKey, Cell> rows) {
        if (entry == null) {
            return;
        }
        long start = experiment.start().toEpochMilli();
        Duration length = Duration.between(experiment.start(), experiment.observeUntil());
        long bin = length.toDays() <= 4 && length.compareTo(Duration.ofDays(4)) <= 0
                ? 900_000L
                : length.compareTo(Duration.ofDays(31)) <= 0 ? 7_200_000L : 21_600_000L;
        long entryBin = (entry - start) / bin;
        add(experiment, day, variant, origin, entryBin, "entered", 0, rows);
        String kind = "";
        long earliest = Long.MAX_VALUE;
        for (String each : order) {
            for (Event.Purchase p : purchases) {
                long ts = p.header().timestampMillis();
                if (ends.getOrDefault(each, Set.of()).contains(p.kind()) && ts >= entry && ts < earliest) {
                    earliest = ts;
                    kind = each;
                }
            }
        }
        if (earliest != Long.MAX_VALUE) {
            add(experiment, day, variant, origin, entryBin, kind, (earliest - entry) / bin, rows);
        }
    }

    private static void add(
            Experiment experiment,
            long day,
            String variant,
            String origin,
            long entryBin,
            String kind,
            long bin,
            Map<CellKey, Cell> rows) {
        CellKey key = new CellKey(
                CellKey.Table.LIFE_TABLES, experiment.id(), origin, variant, kind, "", "", entryBin, bin, day);
        rows.computeIfAbsent(key, k -> Cell.ofCount(0)).addCount(0, 1);
    }
}
