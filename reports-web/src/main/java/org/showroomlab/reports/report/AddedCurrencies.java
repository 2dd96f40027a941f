package org.showroomlab.reports.report;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Filter;
import org.showroomlab.ingest.experiment.Measure;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.stats.verdict.Reason;

/**
 * Says which metrics of an experiment add amounts of several currencies. Their sums are what their owner asked for, but
 * they are money of no currency.
 */
record AddedCurrencies(Experiment experiment, List<Payments> markets) {

    /**
     * The payments of one market.
     *
     * @param inOwn of those in the experiment's currency
     * @param currency of the others, as far as it is known
     */
    record Payments(long payments, long inOwn, String currency) {}

    /** The metrics and the currencies that they add; empty when they add none, or one that they say. */
    Optional<Reason> note() {
        String adding = experiment.metrics().stream()
                .filter(AddedCurrencies::adds)
                .map(Metric::id)
                .collect(Collectors.joining(", "));
        SortedSet<String> currencies = currencies();
        String own = experiment.currency();
        boolean asSaid =
                own == null ? currencies.size() < 2 : currencies.stream().allMatch(own::equals);
        return adding.isEmpty() || asSaid
                ? Optional.empty()
                : Optional.of(new Reason(
                        "currencies_added",
                        "Amounts in " + String.join(", ", currencies)
                                + " are added as minor units without conversion in " + adding + ": " + known()));
    }

    private SortedSet<String> currencies() {
        SortedSet<String> currencies = new TreeSet<>();
        for (Payments market : markets) {
            if (market.payments() > market.inOwn()) {
                currencies.add(market.currency());
            }
            if (market.inOwn() > 0 && experiment.currency() != null) {
                currencies.add(experiment.currency());
            }
        }
        return currencies;
    }

    /** What the tables know of it. */
    private String known() {
        if (experiment.currency() == null) {
            return "the currency of a payment is taken to be that of its market.";
        }
        long payments = markets.stream().mapToLong(Payments::payments).sum();
        long others = payments - markets.stream().mapToLong(Payments::inOwn).sum();
        return others + " of " + payments + " payments do not say " + experiment.currency()
                + ", and their currency is taken to be that of their market.";
    }

    /** Whether a metric sums up amounts whatever their currency. */
    private static boolean adds(Metric metric) {
        return switch (metric.type()) {
            case MEAN -> ofAnyCurrency(metric.measure());
            case RATIO -> ofAnyCurrency(metric.measure()) || ofAnyCurrency(metric.per());
            case PROPORTION, SHARE, QUANTILE -> false;
        };
    }

    private static boolean ofAnyCurrency(@Nullable Measure measure) {
        if (measure == null || measure.where().conditions().stream().anyMatch(AddedCurrencies::fixes)) {
            return false;
        }
        EventField value = measure.value();
        return value != null && value.name().equals("amount_minor");
    }

    private static boolean fixes(Filter.Condition condition) {
        return condition.field().name().equals("currency") && condition.texts().size() == 1;
    }
}
