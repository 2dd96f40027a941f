package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.LogBuckets;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.many.ComparisonWithBest;
import org.showroomlab.stats.quantile.QuantileEstimate;

/** The p75 of caches whose levels differ by a tenth, in arms that are alike. */
class QuantileArmTest {
    private static final QuantileLevels P75 = new QuantileLevels(0.75, 0, Significance.DEFAULT);
    /** Of the third quartile of e^(0.4·z), over caches whose levels are 7.3 + 0.1·z. */
    private static final double TRUTH = Math.exp(7.3 + 0.6744898 * Math.hypot(0.4, 0.1));

    private static final int WORLDS = 400;

    /** Where all are equally large nothing changes, and one in twenty intervals misses. */
    @Test
    void equalCaches() {
        SplittableRandom random = new SplittableRandom(9);
        ArmHistograms arm = arm(random, 220, 220, 6);
        assertThat(P75.careful(arm).orElseThrow().estimate())
                .isSameAs(arm.estimate(P75).orElseThrow());
        assertThat(P75.careful(arm).orElseThrow().df()).isEqualTo(5);
        assertThat(missed(220, 220, 6)).isLessThanOrEqualTo(WORLDS / 10);
    }

    /** As if all were equal, every third to every other interval missed. */
    @Test
    void aCacheThatOutweighsTheOthers() {
        assertThat(missed(1_000, 60, 6)).isLessThanOrEqualTo(WORLDS / 10);
        assertThat(missed(700, 120, 6)).isLessThanOrEqualTo(WORLDS / 10);
        assertThat(missed(1_000, 60, 12)).isLessThanOrEqualTo(WORLDS / 10);
    }

    /** One in twenty may be; as if all were equal, a third were. */
    @Test
    void anArmThatIsAsFastAsTheOthersIsNotExcluded() {
        SplittableRandom random = new SplittableRandom(21);
        int excluded = 0;
        for (int world = 0; world < WORLDS; world++) {
            List<ArmEstimate> arms = new ArrayList<>();
            double[] df = new double[3];
            for (int i = 0; i < df.length; i++) {
                QuantileArm arm = P75.careful(arm(random, 700, 120, 6)).orElseThrow();
                QuantileEstimate p75 = arm.estimate();
                arms.add(new ArmEstimate(6, -p75.estimate(), p75.stdError()));
                df[i] = arm.df();
            }
            excluded += ComparisonWithBest.of(arms, df, 0.05)
                            .value()
                            .filter(all -> !all.get(0).couldBeBest())
                            .isPresent()
                    ? 1
                    : 0;
        }
        assertThat(excluded).isLessThanOrEqualTo(WORLDS * 8 / 100);
    }

    private static int missed(int viewsOfFirst, int viewsOfOthers, int caches) {
        SplittableRandom random = new SplittableRandom(17);
        int missed = 0;
        for (int world = 0; world < WORLDS; world++) {
            Interval ci = P75.careful(arm(random, viewsOfFirst, viewsOfOthers, caches))
                    .orElseThrow()
                    .estimate()
                    .ci();
            missed += ci.low() <= TRUTH && TRUTH <= ci.high() ? 0 : 1;
        }
        return missed;
    }

    private static ArmHistograms arm(SplittableRandom random, int viewsOfFirst, int viewsOfOthers, int caches) {
        List<BucketCounts> clusters = new ArrayList<>();
        for (int cache = 0; cache < caches; cache++) {
            double level = 7.3 + 0.1 * random.nextGaussian();
            TreeMap<Integer, Long> counts = new TreeMap<>();
            for (int view = 0; view < (cache == 0 ? viewsOfFirst : viewsOfOthers); view++) {
                double millis = Math.exp(level + 0.4 * random.nextGaussian());
                counts.merge(LogBuckets.bucketOf(Math.round(millis)), 1L, Long::sum);
            }
            clusters.add(BucketCounts.of(counts));
        }
        return ArmHistograms.of(clusters);
    }
}
