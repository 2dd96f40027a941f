package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.showroomlab.reports.report.ClusterMetric.Contribution;
import org.showroomlab.stats.clusters.SwitchbackTest;

class DrawsTest {
    private static final int CLUSTERS = 12;
    private static final int BLOCKS = 14;

    /** Which variant comes first in a block of a cluster. */
    private interface Order {
        boolean controlFirst(int cluster, int block);
    }

    @Test
    void ordersThatAreDrawnForEachBlockOfEachCluster() {
        SplittableRandom random = new SplittableRandom(3);
        for (int world = 0; world < 200; world++) {
            boolean[][] drawn = drawn(random);
            Draws draws = draws((cluster, block) -> drawn[cluster][block], random);
            assertThat(draws.pairs()).hasSize(CLUSTERS * BLOCKS);
            assertThat(draws.regular()).isFalse();
        }
    }

    @Test
    void clustersThatAreSwitchedAtOnce() {
        SplittableRandom random = new SplittableRandom(3);
        boolean[] drawn = drawn(random)[0];
        Draws draws = draws((cluster, block) -> drawn[block], random);
        assertThat(draws.pairs()).hasSize(BLOCKS);
        assertThat(draws.regular()).isFalse();
    }

    @Test
    void orderThatNobodyDrew() {
        SplittableRandom random = new SplittableRandom(3);
        assertThat(draws((cluster, block) -> true, random).regular()).isTrue();
        assertThat(draws((cluster, block) -> block % 2 == 0, random).regular()).isTrue();
    }

    /** Which of the two is first was drawn twice, and a coin that falls twice on one side shows nothing of the time of day. */
    @Test
    void tooFewClustersThatTakeTurns() {
        Draws draws = Draws.of(pairs(2, (cluster, block) -> cluster == 0, new SplittableRandom(3)));
        assertThat(draws.regular()).isTrue();
        assertThat(draws.pairs()).hasSize(2 * BLOCKS);
    }

    /**
     * Control, treatment, control, treatment or the other way round, by one coin per cluster, over a rhythm of the day, and
     * no effect. By pairs, four of ten were significant.
     */
    @Test
    void clustersThatTakeTurnsAreOneDrawEach() {
        SplittableRandom random = new SplittableRandom(5);
        int worlds = 400;
        int significant = 0;
        for (int world = 0; world < worlds; world++) {
            boolean[][] drawn = drawn(random);
            Draws draws = draws((cluster, block) -> drawn[cluster][0], random);
            assertThat(draws.pairs()).hasSize(CLUSTERS);
            double[] differences = draws.pairs().stream()
                    .mapToDouble(PeriodPairs.Pair::difference)
                    .toArray();
            significant += SwitchbackTest.withDefaults()
                                    .difference(differences)
                                    .orElseThrow()
                                    .pValue()
                            < 0.05
                    ? 1
                    : 0;
        }
        // 20 are expected, give or take 4.4
        assertThat(significant).isBetween(7, 33);
    }

    /** Every fifth period has nothing, and what is left over is paired the other way round. */
    @Test
    void turnsWithMissingPeriods() {
        SplittableRandom random = new SplittableRandom(6);
        for (int world = 0; world < 200; world++) {
            boolean[][] drawn = drawn(random);
            assertThat(withoutSome((cluster, block) -> drawn[cluster][0], random)
                            .pairs())
                    .hasSize(CLUSTERS);
            assertThat(withoutSome((cluster, block) -> drawn[cluster][block], random)
                            .pairs())
                    .hasSizeGreaterThan(6 * CLUSTERS);
        }
    }

    private static Draws withoutSome(Order order, SplittableRandom random) {
        List<Contribution> control = new ArrayList<>();
        List<Contribution> treatment = new ArrayList<>();
        for (int cluster = 0; cluster < CLUSTERS; cluster++) {
            for (int period = 0; period < 2 * BLOCKS; period++) {
                if (random.nextInt(5) > 0) {
                    (period % 2 == 0 == order.controlFirst(cluster, period / 2) ? control : treatment)
                            .add(value(cluster, period, 0));
                }
            }
        }
        return Draws.of(PeriodPairs.of(control, treatment));
    }

    private static Contribution value(int cluster, int period, double value) {
        return new Contribution(new ClusterCell(String.valueOf((char) ('a' + cluster)), period), 1, value);
    }

    private static Draws draws(Order order, SplittableRandom random) {
        return Draws.of(pairs(CLUSTERS, order, random));
    }

    private static List<PeriodPairs.Pair> pairs(int clusters, Order order, SplittableRandom random) {
        List<Contribution> control = new ArrayList<>();
        List<Contribution> treatment = new ArrayList<>();
        for (int cluster = 0; cluster < clusters; cluster++) {
            for (int period = 0; period < 2 * BLOCKS; period++) {
                boolean isFirst = period % 2 == 0;
                double value = (isFirst ? 0 : 0.5) + random.nextGaussian();
                (isFirst == order.controlFirst(cluster, period / 2) ? control : treatment)
                        .add(value(cluster, period, value));
            }
        }
        return PeriodPairs.of(control, treatment);
    }

    private static boolean[][] drawn(SplittableRandom random) {
        boolean[][] drawn = new boolean[CLUSTERS][BLOCKS];
        for (boolean[] cluster : drawn) {
            for (int block = 0; block < BLOCKS; block++) {
                cluster[block] = random.nextBoolean();
            }
        }
        return drawn;
    }
}
