package org.showroomlab.reports.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Neighbouring periods of one cluster, one under the control and one under the treatment.
 *
 * <p>The blocks of two periods in which a switchback is drawn (0 and 1, 2 and 3, …) come first; what they leave over,
 * where a period is missing or belongs to another variant, is paired with its neighbour from the front.
 */
final class PeriodPairs {
    /** The values of a pair; n is above 0 in both. */
    record Pair(ClusterMetric.Contribution control, ClusterMetric.Contribution treatment) {
        double controlMean() {
            return control.sum() / control.n();
        }

        double treatmentMean() {
            return treatment.sum() / treatment.n();
        }

        double difference() {
            return treatmentMean() - controlMean();
        }
    }

    private record Period(ClusterMetric.Contribution value, boolean treated) {}

    private final List<Pair> pairs = new ArrayList<>();

    private PeriodPairs() {}

    static List<Pair> of(List<ClusterMetric.Contribution> control, List<ClusterMetric.Contribution> treatment) {
        Map<String, NavigableMap<Long, Period>> byCluster = new TreeMap<>();
        control.forEach(c -> put(byCluster, c, false));
        treatment.forEach(c -> put(byCluster, c, true));
        PeriodPairs found = new PeriodPairs();
        byCluster.values().forEach(found::pair);
        return found.pairs;
    }

    private static void put(
            Map<String, NavigableMap<Long, Period>> byCluster, ClusterMetric.Contribution value, boolean treated) {
        if (value.n() > 0) {
            byCluster
                    .computeIfAbsent(value.cell().cluster(), c -> new TreeMap<>())
                    .put(value.cell().period(), new Period(value, treated));
        }
    }

    private void pair(NavigableMap<Long, Period> periods) {
        List.copyOf(periods.keySet()).stream().filter(p -> p % 2 == 0).forEach(p -> take(periods, p));
        List.copyOf(periods.keySet()).forEach(p -> take(periods, p));
    }

    private void take(NavigableMap<Long, Period> periods, long period) {
        Period first = periods.get(period);
        Period second = periods.get(period + 1);
        if (first == null || second == null || first.treated() == second.treated()) {
            return;
        }
        pairs.add(first.treated() ? new Pair(second.value(), first.value()) : new Pair(first.value(), second.value()));
        periods.remove(period);
        periods.remove(period + 1);
    }
}
