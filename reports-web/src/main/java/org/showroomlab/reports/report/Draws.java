package org.showroomlab.reports.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.showroomlab.reports.report.PeriodPairs.Pair;

/**
 * How often the order of the variants of a switchback was drawn. Only what was drawn may be flipped, and what makes a period
 * unlike the next one for everybody is no noise of each pair.
 *
 * <p>Where all clusters are switched at once there is one draw for each block, and where a cluster takes turns regularly,
 * as control, treatment, control, treatment, or the other way round, there is one for the cluster, which began with one of
 * the two. The pairs of a draw are added up.
 *
 * @param pairs one for each draw; where too few clusters take turns regularly for any test, those from before
 * @param regular whether that is so: then nobody drew an order of pairs
 */
record Draws(List<Pair> pairs, boolean regular) {
    /** So many blocks of all have one order for all clusters; so many clusters take turns regularly. */
    private static final double NEARLY_ALL = 0.9;
    /** Flips that coins would have had to make as they did: by chance once in 32 times. */
    private static final int LEAST_FLIPS = 5;
    /** With fewer no assignment is rarer than .05. */
    private static final int FEWEST_CLUSTERS = 6;

    static Draws of(List<Pair> pairs) {
        Map<Long, List<Pair>> byBlock = grouped(pairs, Pair::firstPeriod);
        if (isSwitchedAtOnce(byBlock.values())) {
            List<Pair> blocks = together(byBlock.values());
            return new Draws(blocks, areRegular(List.of(blocks)));
        }
        Map<String, List<Pair>> byCluster =
                grouped(pairs, pair -> pair.control().cell().cluster());
        if (!areRegular(byCluster.values())) {
            return new Draws(pairs, false);
        }
        return byCluster.size() < FEWEST_CLUSTERS
                ? new Draws(pairs, true)
                : new Draws(together(byCluster.values()), false);
    }

    /** That nearly all blocks of two clusters or more have one order; of clusters that are drawn alone a few may, by chance. */
    private static boolean isSwitchedAtOnce(Collection<List<Pair>> blocks) {
        List<List<Pair>> shared =
                blocks.stream().filter(block -> block.size() > 1).toList();
        long inOneOrder = shared.stream()
                .filter(block ->
                        block.stream().map(Pair::isControlFirst).distinct().count() == 1)
                .count();
        return !shared.isEmpty() && inOneOrder >= NEARLY_ALL * shared.size();
    }

    /** What is drawn independently may be regular by chance, the less likely the more pairs there are. */
    private static boolean areRegular(Collection<List<Pair>> draws) {
        // Where a period is missing, what is left over is paired the other way round.
        List<List<Pair>> shown = draws.stream()
                .map(pairs -> pairs.stream().filter(Pair::isBlock).toList())
                .filter(blocks -> blocks.size() > 2)
                .toList();
        long regular = shown.stream().filter(Draws::isRegular).count();
        long flips = shown.stream().mapToLong(pairs -> pairs.size() - 2).sum();
        return flips >= LEAST_FLIPS && regular >= NEARLY_ALL * shown.size();
    }

    /** One order in nearly all blocks, or another one in each next block. */
    private static boolean isRegular(List<Pair> blocks) {
        return isNearlyAll(blocks, Pair::isControlFirst)
                || isNearlyAll(blocks, pair -> pair.isControlFirst() == (pair.firstPeriod() / 2 % 2 == 0));
    }

    private static boolean isNearlyAll(List<Pair> blocks, Predicate<Pair> one) {
        long ofOne = blocks.stream().filter(one).count();
        return Math.max(ofOne, blocks.size() - ofOne) >= NEARLY_ALL * blocks.size();
    }

    private static <K extends Comparable<K>> Map<K, List<Pair>> grouped(List<Pair> pairs, Function<Pair, K> key) {
        Map<K, List<Pair>> groups = new TreeMap<>();
        pairs.forEach(pair ->
                groups.computeIfAbsent(key.apply(pair), k -> new ArrayList<>()).add(pair));
        return groups;
    }

    private static List<Pair> together(Collection<List<Pair>> groups) {
        return groups.stream().map(Draws::together).toList();
    }

    private static Pair together(List<Pair> pairs) {
        Pair sum = pairs.get(0);
        for (Pair more : pairs.subList(1, pairs.size())) {
            sum = new Pair(sum.control().plus(more.control()), sum.treatment().plus(more.treatment()));
        }
        return sum;
    }
}
