package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.showroomlab.reports.report.ClusterMetric.Contribution;

class PeriodPairsTest {
    private static Contribution value(String cluster, long period, double n) {
        return new Contribution(new ClusterCell(cluster, period), n, 10 * period);
    }

    private static List<String> names(List<PeriodPairs.Pair> pairs) {
        return pairs.stream()
                .map(p -> p.control().cell().cluster() + p.control().cell().period() + "-"
                        + p.treatment().cell().cluster()
                        + p.treatment().cell().period())
                .toList();
    }

    @Test
    void blocksComeFirstAndWhatTheyLeaveIsPairedFromTheFront() {
        // c c t t t c: the blocks (0 1) and (2 3) are of one variant each, (4 5) is a pair, and then (1 2).
        List<PeriodPairs.Pair> pairs = PeriodPairs.of(
                List.of(value("a", 0, 1), value("a", 1, 1), value("a", 5, 1)),
                List.of(value("a", 2, 1), value("a", 3, 1), value("a", 4, 1)));
        assertThat(names(pairs)).containsExactly("a5-a4", "a1-a2");
    }

    @Test
    void neighboursOfOtherClustersAndPeriodsWithoutAnythingAreNoPair() {
        assertThat(PeriodPairs.of(List.of(value("a", 0, 1)), List.of(value("b", 1, 1))))
                .isEmpty();
        assertThat(PeriodPairs.of(List.of(value("a", 0, 1)), List.of(value("a", 1, 0), value("a", 2, 1))))
                .isEmpty();
    }

    @Test
    void aPeriodThatWasSeenUnderBothIsTheTreatments() {
        assertThat(names(PeriodPairs.of(List.of(value("a", 0, 1), value("a", 1, 1)), List.of(value("a", 1, 1)))))
                .containsExactly("a0-a1");
        assertThat(names(PeriodPairs.of(List.of(value("a", 0, 1), value("a", 1, 1)), List.of(value("a", 1, 0)))))
                .isEmpty();
    }

    /** Against the definition, looked up in a map: blocks, then neighbours from the front. */
    @Test
    void generatedSchedulesArePairedAsDefined() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            List<Contribution> control = new ArrayList<>();
            List<Contribution> treatment = new ArrayList<>();
            for (String cluster : List.of("a", "b", "c")) {
                for (long period = random.nextInt(3); period < 12; period += 1 + random.nextInt(8) / 7) {
                    double n = random.nextInt(8) == 0 ? 0 : 1;
                    (random.nextBoolean() ? control : treatment).add(value(cluster, period, n));
                }
            }
            assertThat(names(PeriodPairs.of(control, treatment)))
                    .containsExactlyInAnyOrderElementsOf(defined(control, treatment));
        }
    }

    private static List<String> defined(List<Contribution> control, List<Contribution> treatment) {
        NavigableMap<ClusterCell, Boolean> treated = new TreeMap<>(Comparator.naturalOrder());
        control.stream().filter(c -> c.n() > 0).forEach(c -> treated.put(c.cell(), false));
        treatment.stream().filter(c -> c.n() > 0).forEach(c -> treated.put(c.cell(), true));
        List<String> found = new ArrayList<>();
        for (boolean block : List.of(true, false)) {
            for (ClusterCell cell : List.copyOf(treated.keySet())) {
                ClusterCell next = new ClusterCell(cell.cluster(), cell.period() + 1);
                Boolean first = treated.get(cell);
                Boolean second = treated.get(next);
                if (first == null || second == null || first.equals(second) || (block && cell.period() % 2 != 0)) {
                    continue;
                }
                ClusterCell c = first ? next : cell;
                ClusterCell t = first ? cell : next;
                found.add(c.cluster() + c.period() + "-" + t.cluster() + t.period());
                treated.remove(cell);
                treated.remove(next);
            }
        }
        return found;
    }
}
