package org.showroomlab.reports.export.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.report.Comparison;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.arms.RelativeEffect;

/** Effects as cells of a table; what is not computable or open is an empty cell. */
final class EffectCells {
    /** What {@link #difference} gives. */
    static final List<String> DIFFERENCE = List.of("difference", "std_error", "df", "ci_low", "ci_high", "p_value");
    /** What {@link #relative} gives. */
    static final List<String> RELATIVE = List.of("relative", "relative_ci_low", "relative_ci_high", "relative_method");

    private EffectCells() {}

    /** Estimate, standard error, degrees of freedom, low, high, p-value. */
    static List<@Nullable Object> absolute(@Nullable Computable<Effect> computable) {
        if (computable == null || computable.value().isEmpty()) {
            return Collections.nCopies(DIFFERENCE.size(), null);
        }
        Effect e = computable.orElseThrow();
        return Arrays.asList(
                e.estimate(),
                e.stdError(),
                e.df().isPresent() ? e.df().getAsDouble() : null,
                finite(e.ci().low()),
                finite(e.ci().high()),
                e.pValue());
    }

    /** The same of a difference that may be known without its error. */
    static List<@Nullable Object> difference(Comparison comparison) {
        List<@Nullable Object> cells = new ArrayList<>(absolute(comparison.difference()));
        comparison.estimate().ifPresent(estimate -> cells.set(0, estimate));
        return cells;
    }

    /** Estimate, low, high, method. */
    static List<@Nullable Object> relative(Computable<RelativeEffect> computable) {
        if (computable.value().isEmpty()) {
            return Collections.nCopies(RELATIVE.size(), null);
        }
        RelativeEffect relative = computable.orElseThrow();
        return Arrays.asList(
                relative.effect().estimate(),
                finite(relative.effect().ci().low()),
                finite(relative.effect().ci().high()),
                relative.method().name().toLowerCase(java.util.Locale.ROOT));
    }

    /** Why there is no relative lift, or why it has no interval. */
    static @Nullable String relativeReason(Computable<RelativeEffect> computable) {
        return computable
                .reason()
                .or(() -> computable.value().flatMap(RelativeEffect::unbounded))
                .orElse(null);
    }

    static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
