package org.showroomlab.reports.report;

import java.util.Currency;
import java.util.Locale;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Experiment.UnitKind;
import org.showroomlab.ingest.experiment.Measure;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.stats.verdict.DisplayUnit;

/**
 * What a metric's numbers are numbers of.
 *
 * @param label the unit of the values in JSON and CSV
 * @param displayFactor a value times this is shown to people
 * @param levelSuffix follows a level on a page
 * @param differenceSuffix follows a difference on a page
 */
public record ValueUnit(String label, double displayFactor, String levelSuffix, String differenceSuffix) {

    /** The unit in which people read a difference. */
    public DisplayUnit ofDifferences() {
        return new DisplayUnit(displayFactor, differenceSuffix);
    }

    static ValueUnit of(Metric metric, Experiment experiment) {
        String unit = unitName(experiment);
        return switch (metric.type()) {
            case PROPORTION -> new ValueUnit("share of " + unit + "s", 100, " %", " pp");
            case SHARE -> new ValueUnit("share of events", 100, " %", " pp");
            case MEAN -> plain(metric.measure(), " per " + unit, experiment);
            case QUANTILE -> plain(metric.measure(), "", experiment);
            case RATIO ->
                isPureNumber(metric)
                        ? new ValueUnit(valueName(metric.measure()) + " per " + perName(metric), 1, "", "")
                        : plain(metric.measure(), " per " + perName(metric), experiment);
        };
    }

    /** What was randomised, in the singular: a cluster with periods is a unit in each of them. */
    static String unitName(Experiment experiment) {
        String name = experiment.unit().name().toLowerCase(Locale.ROOT);
        return experiment.unit() != UnitKind.VISITOR
                        && experiment.periodMinutes().isPresent()
                ? name + " period"
                : name;
    }

    /** Amounts per amount, or milliseconds per millisecond. */
    private static boolean isPureNumber(Metric metric) {
        String value = valueName(metric.measure());
        String per = perName(metric);
        return (value.equals(per) && !value.equals("event")) || (value.endsWith("_ms") && per.endsWith("_ms"));
    }

    private static ValueUnit plain(Measure measure, String per, Experiment experiment) {
        EventField value = measure.value();
        if (value == null) {
            return new ValueUnit("events" + per, 1, "", "");
        }
        if (value.name().equals("amount_minor")) {
            return money(per, experiment.currency() == null ? "" : experiment.currency());
        }
        String suffix = value.name().endsWith("_ms") ? " ms" : "";
        return new ValueUnit(value.name() + per, 1, suffix, suffix);
    }

    private static ValueUnit money(String per, String currency) {
        if (currency.isEmpty()) {
            return new ValueUnit("minor currency units" + per, 1, "", "");
        }
        int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        String suffix = " " + currency;
        return new ValueUnit("minor units of " + currency + per, Math.pow(10, -digits), suffix, suffix);
    }

    private static String perName(Metric metric) {
        return metric.per() == null ? "event" : valueName(metric.per());
    }

    private static String valueName(Measure measure) {
        return measure.value() == null ? "event" : measure.value().name();
    }
}
