package org.showroomlab.reports.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.many.RandomEffects;

/**
 * How much the effect of one variant differs between the values of one dimension, and each value's effect shrunken
 * towards their mean. Of many noisy effects the largest is largest partly by chance; the shrunken ones are what to
 * expect of them.
 *
 * @param dimension the field
 * @param values those whose effect is known; units without a value are none of them
 * @param fit over their differences, as draws from one distribution (DerSimonian–Laird)
 */
public record Heterogeneity(
        String dimension, String variant, String control, List<String> values, Computable<RandomEffects> fit) {
    /** Below it an effect's standard error is too uncertain to weigh it by. */
    private static final double SMALLEST_DF = 10;

    /** What a reader has to know before taking the best of them. */
    public static final String NO_WINNER =
            "No winner by subgroup: the largest of several noisy effects is largest partly by chance.";

    /** Copies the list. */
    public Heterogeneity {
        values = List.copyOf(values);
    }

    /** Q's degrees of freedom. */
    public int degreesOfFreedom() {
        return values.size() - 1;
    }

    /** I²: the share of the effects' variation that is beyond noise (Higgins and Thompson 2002, doi:10.1002/sim.1186). */
    public Computable<Double> iSquared() {
        return fit.map(f -> f.q() > 0 ? Math.max(0, (f.q() - degreesOfFreedom()) / f.q()) : 0.0);
    }

    /** The effect of one value, shrunken; not computable for a value that has no effect of its own. */
    public Computable<Double> shrunken(String value) {
        int at = values.indexOf(value);
        return at < 0
                ? Computable.notComputable("not_enough_data", "There is no effect of '" + value + "' to shrink.")
                : fit.map(f -> f.shrunken().get(at));
    }

    /** One for each dimension and treatment of these slices. */
    static List<Heterogeneity> of(List<SliceReport> slices) {
        Map<List<String>, Map<String, Effect>> effects = new LinkedHashMap<>();
        for (SliceReport slice : slices) {
            for (Comparison c : slice.comparisons()) {
                Map<String, Effect> byValue = effects.computeIfAbsent(
                        List.of(slice.name(), c.variant(), c.control()), key -> new LinkedHashMap<>());
                c.difference()
                        .value()
                        .filter(e -> !slice.value().isEmpty() && isWeighable(e))
                        .ifPresent(e -> byValue.put(slice.value(), e));
            }
        }
        List<Heterogeneity> all = new ArrayList<>();
        effects.forEach((key, byValue) -> all.add(of(key.get(0), key.get(1), key.get(2), byValue)));
        return all;
    }

    /** The weights take standard errors for known: of five slices of two units each 31 % differed "beyond noise". */
    private static boolean isWeighable(Effect effect) {
        return effect.df().orElse(SMALLEST_DF) >= SMALLEST_DF
                && Double.isFinite(effect.estimate())
                && effect.stdError() > 0
                && Double.isFinite(effect.stdError());
    }

    private static Heterogeneity of(String dimension, String variant, String control, Map<String, Effect> byValue) {
        List<Effect> effects = List.copyOf(byValue.values());
        double[] estimates = IntStream.range(0, effects.size())
                .mapToDouble(i -> effects.get(i).estimate())
                .toArray();
        double[] errors = IntStream.range(0, effects.size())
                .mapToDouble(i -> effects.get(i).stdError())
                .toArray();
        return new Heterogeneity(
                dimension,
                variant,
                control,
                List.copyOf(byValue.keySet()),
                RandomEffects.of(estimates, errors, RandomEffects.Method.DERSIMONIAN_LAIRD));
    }
}
