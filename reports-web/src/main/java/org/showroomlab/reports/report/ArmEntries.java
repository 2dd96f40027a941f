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
    private final Map<String, TreeMap<Long, Long>> exposed = new HashMap<>();
    private final Map<String, Long> preordered = new HashMap<>();

    ArmEntries(Experiment experiment, List<LifeTableCount> rows) {
        this.binHours = LifeBins.length(experiment).toMillis() / 3_600_000.0;
        for (LifeTableCount row : rows) {
            if (!row.kind().equals(LifeTablePlan.ENTERED)) {
                continue;
            }
            if (row.origin().equals("exposure")) {
                exposed.computeIfAbsent(row.variant(), v -> new TreeMap<>()).merge(row.entryBin(), row.n(), Long::sum);
            } else if (row.origin().equals("preorder")) {
                preordered.merge(row.variant(), row.n(), Long::sum);
            }
        }
    }

    long exposed(String variant) {
        return byBin(variant).values().stream().mapToLong(Long::longValue).sum();
    }

    long preordered(String variant) {
        return preordered.getOrDefault(variant, 0L);
    }

    /** The share of an arm's visitors who were exposed in the first so many hours, inside a bin evenly; 0 when nobody was. */
    double shareBefore(String variant, double hours) {
        double before = 0;
        for (Map.Entry<Long, Long> bin : byBin(variant).entrySet()) {
            before += bin.getValue() * Math.max(0, Math.min(1, hours / binHours - bin.getKey()));
        }
        long all = exposed(variant);
        return all == 0 ? 0 : before / all;
    }

    private Map<Long, Long> byBin(String variant) {
        return exposed.getOrDefault(variant, new TreeMap<>());
    }
}
