package org.showroomlab.ingest.experiment;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.event.EventType;

/**
 * One experiment as its owner wrote it, with every default filled in.
 *
 * @param periodMinutes switchback period of cache and showroom units; empty: one unit per cache or showroom
 * @param washoutMinutes start of each period that is not counted
 * @param timeZone sets the day boundaries of the daily series
 * @param dimensions each taken alone, never crossed
 * @param covariateDays days before first exposure that feed the covariate; 0: no adjustment
 * @param alpha two-sided error rate, in (0, 1)
 * @param observeUntil outcomes count before this instant
 */
public record Experiment(
        String id,
        String name,
        String hypothesis,
        String owner,
        Analysis analysis,
        UnitKind unit,
        OptionalInt periodMinutes,
        int washoutMinutes,
        Instant start,
        Instant end,
        ZoneId timeZone,
        @Nullable String currency,
        List<Variant> variants,
        List<Metric> metrics,
        List<EventField> dimensions,
        int covariateDays,
        double alpha,
        Correction correction,
        Monitoring monitoring,
        Instant observeUntil) {
    /** The dimension by which prices are read. */
    public static final String MARKET = "market";

    /** The dimension of {@link #cohortMillis cohorts}: no event has a field of that name. */
    public static final String COHORT = "*cohort";

    private static final Duration SHORT_RUN = Duration.ofDays(7);

    public Experiment {
        variants = List.copyOf(variants);
        metrics = List.copyOf(metrics);
        dimensions = List.copyOf(dimensions);
    }

    /** Which analysis reads the results. */
    public enum Analysis {
        COMPARISON,
        TTL_SPEED,
        PRICE_ELASTICITY,
        PREORDER_WALK_IN
    }

    /** What was randomised. */
    public enum UnitKind {
        VISITOR,
        CACHE,
        SHOWROOM
    }

    /** How p-values of several metrics are corrected. */
    public enum Correction {
        NONE,
        HOLM,
        BONFERRONI,
        BENJAMINI_HOCHBERG
    }

    /** When looks are allowed. */
    public enum Monitoring {
        FIXED,
        GROUP_SEQUENTIAL,
        ALWAYS_VALID
    }

    /** The index of the control among the variants. */
    public int controlIndex() {
        for (int i = 0; i < variants.size(); i++) {
            if (variants.get(i).control()) {
                return i;
            }
        }
        throw new IllegalStateException("no control in " + id);
    }

    /** All that is counted: the owner's metrics, then what the analysis needs for its own reading. */
    public List<Metric> countedMetrics() {
        return Stream.concat(metrics.stream(), BuiltInMetrics.of(this).stream()).toList();
    }

    /** The metric of that id among all that are counted. */
    public Optional<Metric> countedMetric(String metricId) {
        return countedMetrics().stream().filter(m -> m.id().equals(metricId)).findFirst();
    }

    /** The longest outcome window of the metrics that decide, in hours; 0 without one. */
    public int decidingWindowHours() {
        return unit != UnitKind.VISITOR
                ? 0
                : metrics.stream()
                        .filter(m -> m.role() != Metric.Role.SECONDARY)
                        .mapToInt(m -> m.windowHours().orElse(0))
                        .max()
                        .orElse(0);
    }

    /** The metrics whose events never name a unit: of caches those without cache timings. */
    public List<String> metricsWithoutUnit() {
        return unit != UnitKind.CACHE
                ? List.of()
                : metrics.stream()
                        .filter(m -> !m.measure().events().contains(EventType.CACHE_TIMING))
                        .map(Metric::id)
                        .toList();
    }

    /** The metrics that decide without a window: they count until {@code observe_until} when the last unit has long come. */
    public List<String> openEnded() {
        return unit != UnitKind.VISITOR
                ? List.of()
                : metrics.stream()
                        .filter(m -> m.role() != Metric.Role.SECONDARY
                                && m.windowHours().isEmpty())
                        .map(Metric::id)
                        .toList();
    }

    /** Whether outcomes that decide are still to come when all units have. */
    public boolean decidesByLaterOutcomes() {
        return observeUntil.isAfter(end) && !openEnded().isEmpty();
    }

    /**
     * How long the units of one cohort were first exposed, in milliseconds: an hour in an experiment of at most seven days,
     * else a day; cohorts follow each other from the start. 0 where there are none: they are counted where a decision may
     * come before the end and outcomes have a window, so that it can go by those whose window is over.
     */
    public long cohortMillis() {
        if (monitoring == Monitoring.FIXED || decidingWindowHours() == 0) {
            return 0;
        }
        boolean isShort = Duration.between(start, end).compareTo(SHORT_RUN) <= 0;
        return (isShort ? Duration.ofHours(1) : Duration.ofDays(1)).toMillis();
    }

    /** All by which is counted: the owner's dimensions, and the market where prices are read per market. */
    public List<EventField> countedDimensions() {
        boolean byMarket = analysis == Analysis.PRICE_ELASTICITY
                && unit == UnitKind.VISITOR
                && dimensions.stream().noneMatch(d -> d.name().equals(MARKET));
        return byMarket
                ? Stream.concat(dimensions.stream(), EventField.named(MARKET).stream())
                        .toList()
                : dimensions;
    }
}
