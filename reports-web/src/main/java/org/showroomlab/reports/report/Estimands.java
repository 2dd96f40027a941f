package org.showroomlab.reports.report;

import java.util.Locale;
import java.util.stream.Collectors;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Experiment.UnitKind;
import org.showroomlab.ingest.experiment.Filter;
import org.showroomlab.ingest.experiment.Measure;
import org.showroomlab.ingest.experiment.Metric;

/** Says in one plain sentence what a comparison estimates. */
final class Estimands {
    private Estimands() {}

    static String sentence(Experiment experiment, Metric metric, boolean switchback, String variant, String control) {
        if (experiment.unit() == UnitKind.VISITOR) {
            return level(experiment, metric) + window(metric) + cap(metric) + ": " + variant + " minus " + control
                    + ", everyone as assigned.";
        }
        String unit = wireName(experiment.unit());
        return level(experiment, metric) + cap(metric) + ": " + variant + " minus " + control
                + (switchback && metric.type() != Metric.Type.QUANTILE
                        ? ", averaged over pairs of neighbouring periods of the same " + unit
                                + "; a period without such a neighbour is in the levels only."
                        : ", every " + unit + " as assigned.");
    }

    private static String level(Experiment experiment, Metric metric) {
        String unit = ValueUnit.unitName(experiment);
        return switch (metric.type()) {
            case PROPORTION ->
                "Share of " + exposed(experiment) + unit + "s with at least one " + events(metric.measure()) + " event";
            case MEAN -> "Average " + sum(metric.measure()) + " per " + exposed(experiment) + unit;
            case RATIO -> "Total " + sum(metric.measure()) + " per total " + sum(per(metric));
            case SHARE ->
                "Share of " + events(metric.measure()) + " events with " + value(metric.measure()) + " at most "
                        + metric.atMost();
            case QUANTILE -> "Quantile " + metric.quantile() + " of " + sum(metric.measure());
        };
    }

    private static String wireName(UnitKind unit) {
        return unit.name().toLowerCase(Locale.ROOT);
    }

    private static Measure per(Metric metric) {
        Measure per = metric.per();
        return per == null ? metric.measure() : per;
    }

    private static String exposed(Experiment experiment) {
        return experiment.unit() == UnitKind.VISITOR ? "exposed " : "";
    }

    private static String value(Measure measure) {
        EventField value = measure.value();
        return value == null ? "a value" : value.name();
    }

    private static String sum(Measure measure) {
        EventField value = measure.value();
        return value == null
                ? "number of " + events(measure) + " events"
                : value.name() + " of " + events(measure) + " events";
    }

    private static String events(Measure measure) {
        String types =
                measure.events().stream().map(EventType::wireName).sorted().collect(Collectors.joining(" or "));
        Filter subtract = measure.subtract();
        String less = subtract == null ? "" : ", those with" + conditions(subtract) + " taken away,";
        return types
                + (measure.where().conditions().isEmpty()
                        ? ""
                        : " (" + conditions(measure.where()).strip() + ")")
                + less;
    }

    private static String conditions(Filter filter) {
        return filter.conditions().stream()
                .map(c -> " " + c.field().name() + " "
                        + c.texts().stream().sorted().collect(Collectors.joining(" or ")))
                .collect(Collectors.joining(" and"));
    }

    private static String window(Metric metric) {
        return metric.windowHours().isPresent()
                ? " within " + metric.windowHours().getAsInt() + " hours of first exposure"
                : " after first exposure";
    }

    private static String cap(Metric metric) {
        return metric.cap() == null ? "" : ", at most " + metric.cap().toPlainString() + " each";
    }
}
