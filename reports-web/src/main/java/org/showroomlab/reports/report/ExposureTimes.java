package org.showroomlab.reports.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.jobs.plan.LifeTablePlan;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.reports.store.LifeBins;

/** When the visitors of each arm were first exposed, in all showrooms together; inside a bin, evenly. */
final class ExposureTimes {
    private final double binHours;
    private final Map<String, TreeMap<Long, Long>> entered = new HashMap<>();

    ExposureTimes(Experiment experiment, List<LifeTableCount> rows) {
        this.binHours = LifeBins.length(experiment).toMillis() / 3_600_000.0;
        for (LifeTableCount row : rows) {
            if (row.origin().equals("exposure") && row.kind().equals(LifeTablePlan.ENTERED)) {
                entered.computeIfAbsent(row.variant(), v -> new TreeMap<>()).merge(row.entryBin(), row.n(), Long::sum);
            }
        }
    }

    /** The share of an arm's visitors who were exposed in the first so many hours of the experiment; 0 when nobody was. */
    double shareBefore(String variant, double hours) {
        double all = 0;
        double before = 0;
        for (Map.Entry<Long, Long> bin :
                entered.getOrDefault(variant, new TreeMap<>()).entrySet()) {
            all += bin.getValue();
            before += bin.getValue() * Math.max(0, Math.min(1, hours / binHours - bin.getKey()));
        }
        return all == 0 ? 0 : before / all;
    }
}
