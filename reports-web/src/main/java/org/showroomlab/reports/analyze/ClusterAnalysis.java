package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.clusters.Cluster;
import org.showroomlab.stats.clusters.ClusterMeansTest;
import org.showroomlab.stats.clusters.ClusterRobustTest;
import org.showroomlab.stats.clusters.RandomizationResult;
import org.showroomlab.stats.clusters.RandomizationTest;
import org.showroomlab.stats.clusters.WildClusterBootstrap;

/** Two arms of randomised clusters, by each of the methods that were asked for. */
final class ClusterAnalysis implements Analysis {

    /** The methods, all of them by default. */
    enum Method {
        CR2 {
            @Override
            ObjectNode json(List<Cluster> clusters, Significance significance) {
                ClusterRobustTest test = new ClusterRobustTest(
                        significance, ClusterRobustTest.withDefaults().smallestDf());
                return cautioned(
                        Answers.effect(test.withSmallestDf(0).difference(clusters), ClusterMeans.ofVisits(clusters)),
                        test.difference(clusters));
            }
        },
        WELCH_MEANS {
            @Override
            ObjectNode json(List<Cluster> clusters, Significance significance) {
                return Answers.effect(
                        new ClusterMeansTest(significance).difference(clusters), ClusterMeans.ofClusters(clusters));
            }
        },
        RANDOMIZATION {
            @Override
            ObjectNode json(List<Cluster> clusters, Significance significance) {
                RandomizationTest test = RandomizationTest.withDefaults()
                        .withAlpha(significance.alpha())
                        .with(significance.alternative());
                Computable<RandomizationResult> inReports = test.test(clusters);
                return cautioned(
                        ofDraws(clusters, inReports.value().isPresent() ? inReports : test.permute(clusters)),
                        inReports);
            }
        },
        WILD_BOOTSTRAP {
            @Override
            ObjectNode json(List<Cluster> clusters, Significance significance) {
                return ofDraws(
                        clusters,
                        WildClusterBootstrap.withDefaults()
                                .withAlpha(significance.alpha())
                                .with(significance.alternative())
                                .test(clusters));
            }
        };

        abstract ObjectNode json(List<Cluster> clusters, Significance significance);
    }

    @Override
    public ObjectNode answer(Fields item) {
        List<Cluster> clusters = clusters(item);
        Significance significance = item.significance();
        ObjectNode methods = Answers.object();
        item.choices("methods", Method.class)
                .forEach(m -> methods.set(Fields.wireName(m), m.json(clusters, significance)));
        return Answers.object().set("methods", methods);
    }

    private static List<Cluster> clusters(Fields item) {
        long[] n = item.counts("n");
        List<BigDecimal> sum = item.decimals("sum", n.length);
        BigDecimal level = level(n, sum);
        long[] arm = item.counts("arm", n.length);
        List<Cluster> clusters = new ArrayList<>(n.length);
        for (int g = 0; g < n.length; g++) {
            if (arm[g] > 1) {
                throw new InvalidItem(item.name("arm") + "[" + g + "] must be 0 or 1: " + arm[g] + ".");
            }
            if (n[g] == 0 && sum.get(g).signum() != 0) {
                throw new InvalidItem(item.name("sum") + "[" + g + "] must be 0 where n is 0: " + sum.get(g) + ".");
            }
            BigDecimal moved = sum.get(g).subtract(level.multiply(BigDecimal.valueOf(n[g])));
            clusters.add(new Cluster(n[g], moved.doubleValue(), arm[g] == 1));
        }
        return clusters;
    }

    /**
     * The overall mean to the next integer. Every method compares means, so a level that all share changes nothing but how
     * many digits are left for the differences: sums of 10¹⁴ differ by less than a double of theirs can tell.
     */
    private static BigDecimal level(long[] n, List<BigDecimal> sum) {
        BigDecimal visits = BigDecimal.valueOf(Math.max(1, LongStream.of(n).sum()));
        BigDecimal total = sum.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return total.divide(visits, 0, RoundingMode.HALF_EVEN);
    }

    /**
     * What was asked for by name is answered, as R's packages do; where our own reports would refuse it, the answer carries
     * their reason.
     */
    private static ObjectNode cautioned(ObjectNode json, Computable<?> inReports) {
        return inReports.value().isPresent() ? json : Answers.refused(json, inReports);
    }

    /** Resampling gives an estimate and a p-value, and no interval. */
    private static ObjectNode ofDraws(List<Cluster> clusters, Computable<RandomizationResult> result) {
        ObjectNode json = Answers.object();
        Answers.number(json, "estimate", ClusterMeans.ofVisits(clusters));
        return result.value()
                .map(r -> json.put("p_value", r.pValue())
                        .put("count", r.count())
                        .put("of", r.of())
                        .put("exact", r.exact()))
                .orElseGet(() -> Answers.refused(json, result, "p_value", "count", "of"));
    }
}
