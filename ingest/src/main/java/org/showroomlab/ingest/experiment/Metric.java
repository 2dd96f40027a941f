package org.showroomlab.ingest.experiment;

import java.math.BigDecimal;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One metric of an experiment.
 *
 * @param measure what is summed per unit (the numerator of a ratio)
 * @param per the denominator of a ratio; only there
 * @param windowHours hours after first exposure in which outcomes count; empty: until {@code observe_until}
 * @param cap upper bound of a unit's sum, in units of the value
 * @param quantile in (0, 1); only for quantiles
 * @param atMost threshold of a share; only for shares
 * @param margin non-inferiority margin relative to the control; guardrails only
 */
public record Metric(
        String id,
        Type type,
        Measure measure,
        @Nullable Measure per,
        OptionalInt windowHours,
        @Nullable BigDecimal cap,
        @Nullable BigDecimal quantile,
        @Nullable BigDecimal atMost,
        @Nullable BigDecimal margin,
        Goal goal,
        Role role) {
    public Metric {
        cap = plain(cap);
        quantile = plain(quantile);
        atMost = plain(atMost);
        margin = plain(margin);
    }

    /** 0.050 and 0.05 are the same. */
    private static @Nullable BigDecimal plain(@Nullable BigDecimal number) {
        return number == null
                ? null
                : new BigDecimal(number.stripTrailingZeros().toPlainString());
    }

    /** How a unit's events become its value. */
    public enum Type {
        MEAN,
        PROPORTION,
        RATIO,
        SHARE,
        QUANTILE
    }

    /** Which direction is better. */
    public enum Goal {
        INCREASE,
        DECREASE
    }

    /** What the metric decides. */
    public enum Role {
        PRIMARY,
        SECONDARY,
        GUARDRAIL
    }
}
