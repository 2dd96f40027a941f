package org.showroomlab.reports.report;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.reports.special.PriceElasticityReading;
import org.showroomlab.reports.store.LifeBins;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.survival.IncidenceCurve;
import org.showroomlab.stats.survival.LifeTable;

/** Time from subscription to renewal, from the counts of a life table; hours at the start of each bin. */
record RenewalTables(
        Experiment experiment,
        List<LifeTableCount> rows,
        @Nullable Instant asOf) {
    private static final String ORIGIN = "subscription";
    private static final String ENTERED = "entered";
    private static final String RENEWED = "renewed";

    PriceElasticityReading.Renewals of(String variant) {
        List<LifeTableCount> own = rows.stream()
                .filter(r -> r.origin().equals(ORIGIN) && r.variant().equals(variant))
                .toList();
        long subscribers = own.stream()
                .filter(r -> r.kind().equals(ENTERED))
                .mapToLong(LifeTableCount::n)
                .sum();
        return new PriceElasticityReading.Renewals(
                variant,
                Math.max(0, subscribers),
                subscribers <= 0
                        ? Computable.notComputable("not_enough_data", "Nobody subscribed at this price yet.")
                        : MetricMethod.guarded(() -> IncidenceCurve.of(table(own))));
    }

    private LifeTable table(List<LifeTableCount> own) {
        double hours = LifeBins.length(experiment).toMinutes() / 60.0;
        Map<Long, long[]> byBin = new HashMap<>();
        Map<Long, Long> waiting = new HashMap<>();
        for (LifeTableCount row : own) {
            boolean entered = row.kind().equals(ENTERED);
            waiting.merge(row.entryBin(), entered ? row.n() : -row.n(), Long::sum);
            if (!entered) {
                byBin.computeIfAbsent(row.bin(), b -> new long[3])[row.kind().equals(RENEWED) ? 0 : 1] += row.n();
            }
        }
        waiting.forEach((entry, n) -> byBin.computeIfAbsent(binsSince(entry), b -> new long[3])[2] += n);
        Map<Double, LifeTable.Counts> counts = new HashMap<>();
        byBin.forEach((bin, n) -> counts.put(bin * hours, new LifeTable.Counts(n[0], n[1], n[2])));
        return LifeTable.of(counts);
    }

    /** Until when who entered in that bin has been watched. */
    private long binsSince(long entryBin) {
        Instant until = asOf == null || asOf.isAfter(experiment.observeUntil()) ? experiment.observeUntil() : asOf;
        long elapsed = Duration.between(experiment.start(), until).toMillis()
                / LifeBins.length(experiment).toMillis();
        return Math.max(0, elapsed - entryBin);
    }
}
