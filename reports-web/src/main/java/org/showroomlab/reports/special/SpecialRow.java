package org.showroomlab.reports.special;

import org.jspecify.annotations.Nullable;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;

/**
 * One number of a reading as a row of a table.
 *
 * @param number its name in the reading
 * @param dimension what the reading is taken by, such as the market; empty for all units
 * @param variant the arm; empty for a number over all arms
 * @param control the arm it is compared with; empty for a level
 * @param sentence what is estimated
 */
public record SpecialRow(
        String number,
        String dimension,
        String dimensionValue,
        String variant,
        String control,
        String method,
        String sentence,
        Computable<Estimated> value,
        @Nullable Double df,
        @Nullable Double pValue) {

    static SpecialRow level(
            String number, String variant, String method, String sentence, Computable<Estimated> value) {
        return new SpecialRow(number, "", "", variant, "", method, sentence, value, null, null);
    }

    static SpecialRow effect(
            String number, String variant, String control, String method, String sentence, Computable<Effect> effect) {
        Double df = effect.value().isPresent() && effect.orElseThrow().df().isPresent()
                ? effect.orElseThrow().df().getAsDouble()
                : null;
        return new SpecialRow(
                number,
                "",
                "",
                variant,
                control,
                method,
                sentence,
                effect.map(Estimated::of),
                df,
                effect.value().map(Effect::pValue).orElse(null));
    }

    SpecialRow of(String newDimension, String newValue) {
        return new SpecialRow(number, newDimension, newValue, variant, control, method, sentence, value, df, pValue);
    }
}
