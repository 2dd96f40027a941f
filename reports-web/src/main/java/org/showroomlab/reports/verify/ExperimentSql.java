package org.showroomlab.reports.verify;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Variant;

/** One experiment's definition as values for the SQL files; times in milliseconds. */
final class ExperimentSql {
    private static final Duration SHORT_RUN = Duration.ofDays(4);
    private static final Duration MEDIUM_RUN = Duration.ofDays(31);

    private final Experiment experiment;
    private final EventColumns columns;

    ExperimentSql(Experiment experiment, EventColumns columns) {
        this.experiment = experiment;
        this.columns = columns;
    }

    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        long start = experiment.start().toEpochMilli();
        long observeUntil = experiment.observeUntil().toEpochMilli();
        values.put("experiment", Sql.text(experiment.id()));
        values.put(
                "variants",
                Sql.texts(experiment.variants().stream().map(Variant::id).toList()));
        values.put("start", Long.toString(start));
        values.put("end", Long.toString(experiment.end().toEpochMilli()));
        values.put("observe_until", Long.toString(observeUntil));
        // Without cohorts all units are in one.
        values.put(
                "cohort_millis",
                Long.toString(experiment.cohortMillis() > 0 ? experiment.cohortMillis() : observeUntil - start));
        values.put("has_covariates", Boolean.toString(experiment.covariateDays() > 0));
        values.put("covariate_millis", millis(Duration.ofDays(experiment.covariateDays())));
        values.put("cluster", experiment.unit() == Experiment.UnitKind.CACHE ? "e.cache" : "e.showroom");
        // Without periods there is one, which is longer than the experiment.
        values.put(
                "period_millis",
                experiment.periodMinutes().isPresent()
                        ? millis(Duration.ofMinutes(experiment.periodMinutes().getAsInt()))
                        : Long.toString(observeUntil - start));
        values.put("washout_millis", millis(Duration.ofMinutes(experiment.washoutMinutes())));
        values.put("bin_millis", millis(lifeBin(Duration.ofMillis(observeUntil - start))));
        values.put("slice_columns", sliceColumns());
        return values;
    }

    /** "15 minutes when start to observe_until is at most 4 days, 2 hours when at most 31 days, else 6 hours." */
    private static Duration lifeBin(Duration length) {
        if (length.compareTo(SHORT_RUN) <= 0) {
            return Duration.ofMinutes(15);
        }
        return length.compareTo(MEDIUM_RUN) <= 0 ? Duration.ofHours(2) : Duration.ofHours(6);
    }

    private String sliceColumns() {
        StringBuilder sql = new StringBuilder();
        List<EventField> dimensions = experiment.countedDimensions();
        for (int i = 0; i < dimensions.size(); i++) {
            sql.append(", ")
                    .append(columns.dimensionValue(dimensions.get(i)))
                    .append(" as slice_")
                    .append(i);
        }
        return sql.toString();
    }

    /** The values for each slice: all units, and each dimension alone. */
    List<Map<String, String>> slices() {
        List<Map<String, String>> slices = new ArrayList<>();
        slices.add(Map.of("dimension", "''", "slice", "''", "on_day", "day"));
        for (int i = 0; i < experiment.countedDimensions().size(); i++) {
            String name = experiment.countedDimensions().get(i).name();
            slices.add(Map.of("dimension", Sql.text(name), "slice", "slice_" + i, "on_day", "day"));
        }
        if (experiment.cohortMillis() > 0) {
            slices.add(Map.of("dimension", Sql.text(Experiment.COHORT), "slice", "cohort", "on_day", "cohort_day"));
        }
        return slices;
    }

    /**
     * The calendar of the experiment: each date with the instants between which it lasts in the experiment's time zone.
     * A date that the zone skipped lasts for no time: nothing falls on it.
     */
    String calendar() {
        LocalDate last = LocalDate.ofInstant(experiment.observeUntil().minusMillis(1), experiment.timeZone());
        List<String> rows = new ArrayList<>();
        for (LocalDate day = LocalDate.ofInstant(experiment.start(), experiment.timeZone());
                !day.isAfter(last);
                day = day.plusDays(1)) {
            rows.add("(date '" + day + "', " + startOf(day) + "::bigint, " + startOf(day.plusDays(1)) + "::bigint)");
        }
        return "create or replace temp table calendar as select * from (values " + String.join(", ", rows)
                + ") d(day, starts_at, ends_at)";
    }

    private long startOf(LocalDate day) {
        return day.atStartOfDay(experiment.timeZone()).toInstant().toEpochMilli();
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
