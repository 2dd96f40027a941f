package org.showroomlab.reports.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.showroomlab.reports.report.ClusterMetric.Contribution;

/**
 * Neighbouring periods of one cluster, one under the control and one under the treatment.
 *
 * <p>The blocks of two periods in which a switchback is drawn (0 and 1, 2 and 3, …) come first; what they leave over,
 * where a period is missing or belongs to another variant, is paired with its neighbour from the front. A period that was
 * seen under both is the treatment's.
 */
final class PeriodPairs {
    /** The values of a pair; n is above 0 in both. */
    record Pair(Contribution control, Contribution treatment) {
        double controlMean() {
            return control.sum() / control.n();
        }

        double treatmentMean() {
            return treatment.sum() / treatment.n();
        }

        double difference() {
            return treatmentMean() - controlMean();
        }

        boolean isControlFirst() {
            return control.cell().period() < treatment.cell().period();
        }

        long firstPeriod() {
            return Math.min(control.cell().period(), treatment.cell().period());
        }
    }

    private record Period(Contribution value, boolean treated) {
        /** Whether the other is the next period of this cluster, under the other variant. */
        boolean isPairOf(Period other) {
            ClusterCell mine = value.cell();
            ClusterCell next = other.value.cell();
            return treated != other.treated
                    && next.period() == mine.period() + 1
                    && next.cluster().equals(mine.cluster());
        }

        boolean beginsBlock() {
            return value.cell().period() % 2 == 0;
        }
    }

    /** So many blocks of all have one order for all clusters. */
    private static final double SWITCHED_AT_ONCE = 0.9;

    private PeriodPairs() {}

    /** Both lists in the order of their cells, as arms hand them out. */
    static List<Pair> of(List<Contribution> control, List<Contribution> treatment) {
        List<Period> periods = merged(control, treatment);
        boolean[] taken = new boolean[periods.size()];
        List<Pair> pairs = new ArrayList<>();
        for (boolean blocks : new boolean[] {true, false}) {
            for (int i = 0; i + 1 < taken.length; i++) {
                Period first = periods.get(i);
                Period second = periods.get(i + 1);
                if (!taken[i] && !taken[i + 1] && (!blocks || first.beginsBlock()) && first.isPairOf(second)) {
                    pairs.add(
                            first.treated()
                                    ? new Pair(second.value(), first.value())
                                    : new Pair(first.value(), second.value()));
                    taken[i] = true;
                    taken[i + 1] = true;
                }
            }
        }
        return pairs;
    }

    /**
     * As many pairs as were drawn: where all clusters are switched at once there is one draw for all of them, and what
     * makes a period unlike the next one for everybody is no noise of each cluster. That nearly all blocks of two clusters
     * or more have one order tells such a test; of clusters that are drawn alone a few blocks may, by chance.
     */
    static List<Pair> asDrawn(List<Pair> pairs) {
        Map<Long, List<Pair>> byBlock = new TreeMap<>();
        pairs.forEach(pair -> byBlock.computeIfAbsent(pair.firstPeriod(), p -> new ArrayList<>())
                .add(pair));
        List<List<Pair>> shared =
                byBlock.values().stream().filter(block -> block.size() > 1).toList();
        long inOneOrder = shared.stream()
                .filter(block ->
                        block.stream().map(Pair::isControlFirst).distinct().count() == 1)
                .count();
        return !shared.isEmpty() && inOneOrder >= SWITCHED_AT_ONCE * shared.size()
                ? byBlock.values().stream().map(PeriodPairs::together).toList()
                : pairs;
    }

    private static Pair together(List<Pair> block) {
        Pair sum = block.get(0);
        for (Pair more : block.subList(1, block.size())) {
            sum = new Pair(sum.control().plus(more.control()), sum.treatment().plus(more.treatment()));
        }
        return sum;
    }

    private static List<Period> merged(List<Contribution> control, List<Contribution> treatment) {
        List<Period> periods = new ArrayList<>(control.size() + treatment.size());
        int c = 0;
        int t = 0;
        while (c < control.size() || t < treatment.size()) {
            int order = c == control.size()
                    ? 1
                    : t == treatment.size()
                            ? -1
                            : control.get(c).cell().compareTo(treatment.get(t).cell());
            Contribution next = order < 0 ? control.get(c) : treatment.get(t);
            if (order <= 0 && (order < 0 || treatment.get(t).n() > 0)) {
                c++;
            }
            if (order >= 0) {
                t++;
            }
            if (next.n() > 0) {
                periods.add(new Period(next, order >= 0));
            }
        }
        return periods;
    }
}
