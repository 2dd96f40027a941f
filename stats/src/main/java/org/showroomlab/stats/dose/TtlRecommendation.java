package org.showroomlab.stats.dose;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.many.ComparisonWithBest;

/**
 * Which time to live to use: the smallest one whose upper bound of the p75 LCP is within a margin of the best arm's estimate
 * and whose upper bound of the stale share is within the budget; and all that cannot be excluded from being the fastest.
 *
 * <p>Edges: no arm that is shown to be within both limits leaves the recommendation empty, though some may be by their
 * estimates.
 *
 * <p>Source: the rule is this project's own; what cannot be excluded, Hsu (1984), doi:10.1214/aos/1176346710.
 *
 * @param ttlSeconds the recommendation; empty when no arm is shown to satisfy both
 * @param withinByEstimates times to live whose estimates, not bounds, are within both limits, ascending, each once
 * @param notExcluded times to live that could be the fastest, ascending, each once
 */
public record TtlRecommendation(OptionalLong ttlSeconds, List<Long> withinByEstimates, List<Long> notExcluded) {

    /** Copies the lists. */
    public TtlRecommendation {
        withinByEstimates = List.copyOf(withinByEstimates);
        notExcluded = List.copyOf(notExcluded);
    }

    /**
     * One arm.
     *
     * @param ttlSeconds its time to live
     * @param speed p75 LCP in milliseconds
     * @param speedDf degrees of freedom of its standard error
     * @param speedInterval its interval
     * @param staleShare estimate of the stale share
     * @param staleUpperBound its upper bound
     */
    public record Arm(
            long ttlSeconds,
            ArmEstimate speed,
            double speedDf,
            Interval speedInterval,
            double staleShare,
            double staleUpperBound) {}

    /**
     * The recommendation.
     *
     * @param arms at least two
     * @param margin tolerated slowness as a fraction of the best arm's p75
     * @param staleBudget largest stale share
     * @param alpha level of the comparison with the best
     */
    public static Computable<TtlRecommendation> of(List<Arm> arms, double margin, double staleBudget, double alpha) {
        List<Arm> ordered =
                arms.stream().sorted(Comparator.comparingLong(Arm::ttlSeconds)).toList();
        List<ArmEstimate> slowness = ordered.stream()
                .map(a -> new ArmEstimate(
                        a.speed().n(), -a.speed().estimate(), a.speed().stdError()))
                .toList();
        double[] df = ordered.stream().mapToDouble(Arm::speedDf).toArray();
        return ComparisonWithBest.of(slowness, df, alpha).map(mcb -> {
            double best = ordered.stream()
                    .mapToDouble(a -> a.speed().estimate())
                    .min()
                    .orElseThrow();
            OptionalLong smallest = ordered.stream()
                    .filter(a -> a.speedInterval().high() <= best * (1 + margin))
                    .filter(a -> a.staleUpperBound() <= staleBudget)
                    .mapToLong(Arm::ttlSeconds)
                    .findFirst();
            List<Arm> kept = IntStream.range(0, ordered.size())
                    .filter(i -> mcb.get(i).couldBeBest())
                    .mapToObj(ordered::get)
                    .toList();
            List<Arm> within = ordered.stream()
                    .filter(a -> a.speed().estimate() <= best * (1 + margin) && a.staleShare() <= staleBudget)
                    .toList();
            return new TtlRecommendation(smallest, ttls(within), ttls(kept));
        });
    }

    private static List<Long> ttls(List<Arm> arms) {
        return arms.stream().map(Arm::ttlSeconds).distinct().toList();
    }
}
