package org.showroomlab.reports.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.jobs.plan.LifeTablePlan;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.reports.store.LifeBins;

/** When the visitors of each arm of a drop were first exposed, and how many preordered, in all showrooms together. */
final class ArmEntries {
    private final double binHours;
    private final Map<String, Map<Long, Long>> exposed = new HashMap<>();
    private final Map<String, Map<Long, Long>> preordered = new HashMap<>();

    ArmEntries(Experiment experiment, List<LifeTableCount> rows) {
        this.binHours = LifeBins.length(experiment).toMillis() / 3_600_000.0;
        for (LifeTableCount row : rows) {
            if (!row.kind().equals(LifeTablePlan.ENTERED)) {
                continue;
            }
            if (row.origin().equals("exposure")) {
                add(exposed, row);
            } else if (row.origin().equals("preorder")) {
                add(preordered, row);
            }
        }
    }

    private static void add(Map<String, Map<Long, Long>> to, LifeTableCount row) {
        to.computeIfAbsent(row.variant(), v -> new TreeMap<>()).merge(row.entryBin(), row.n(), Long::sum);
    }

    long exposed(String variant) {
        return sum(byBin(exposed, variant));
    }

    long preordered(String variant) {
        return sum(byBin(preordered, variant));
    }

    /** The share of an arm's visitors who were exposed in the first so many hours, inside a bin evenly; 0 when nobody was. */
    double exposedBefore(String variant, double hours) {
        return shareBefore(byBin(exposed, variant), hours);
    }

    /** The same of those who preordered: when they did first. */
    double preorderedBefore(String variant, double hours) {
        return shareBefore(byBin(preordered, variant), hours);
    }

    private double shareBefore(Map<Long, Long> bins, double hours) {
        double before = 0;
        for (Map.Entry<Long, Long> bin : bins.entrySet()) {
            before += bin.getValue() * Math.max(0, Math.min(1, hours / binHours - bin.getKey()));
        }
        long all = sum(bins);
        return all == 0 ? 0 : before / all;
    }

    private static long sum(Map<Long, Long> bins) {
        return bins.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<Long, Long> byBin(Map<String, Map<Long, Long>> of, String variant) {
        return of.getOrDefault(variant, Map.of());
    }
}
