package org.showroomlab.reports.report;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.clusters.RandomizationResult;

/**
 * One treatment against the control.
 *
 * @param method short name of how the difference was computed
 * @param estimand what the difference is a difference of, in words
 * @param estimate the difference alone, which there may be where nothing tells its error
 * @param pValueAdjusted over the family of {@link PValueFamilies}; {@code null} when the difference is not computable
 * @param anytime the difference with its always-valid band: it may be looked at every day
 * @param adjusted the difference adjusted by the covariate; {@code null} without covariate days
 * @param uncapped the difference without the metric's cap; {@code null} when it has none
 * @param randomization the test by the assignments that could have been; {@code null} unless clusters were randomised
 */
public record Comparison(
        String variant,
        String control,
        String method,
        String estimand,
        OptionalDouble estimate,
        Computable<Effect> difference,
        @Nullable Double pValueAdjusted,
        Computable<RelativeEffect> relative,
        Computable<Effect> anytime,
        @Nullable Computable<Effect> adjusted,
        @Nullable Computable<Effect> uncapped,
        @Nullable Computable<RandomizationResult> randomization) {

    Comparison withPValueAdjusted(double p) {
        return new Comparison(
                variant,
                control,
                method,
                estimand,
                estimate,
                difference,
                p,
                relative,
                anytime,
                adjusted,
                uncapped,
                randomization);
    }
}
