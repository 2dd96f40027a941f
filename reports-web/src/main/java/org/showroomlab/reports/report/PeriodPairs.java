package org.showroomlab.reports.report;

import java.util.ArrayList;
import java.util.List;
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

        /** Whether it is one of those in which a switchback is drawn. */
        boolean isBlock() {
            return firstPeriod() % 2 == 0;
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
