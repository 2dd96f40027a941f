package org.showroomlab.jobs.results;

import java.math.BigInteger;
import java.time.LocalDate;

/**
 * What one day added to one cell of what happened to stock: reports of what is on hand, and events of visitors by
 * showroom and minute.
 *
 * @param kind {@code report}, {@code preorder}, {@code visit} or {@code turned_away}
 * @param sku the product; empty for visits, and for preorders that name none
 * @param variant of a report the one that it carries, of an event its visitor's; empty when there is none or two
 * @param atMillis epoch milliseconds of a report; of anything else those of the start of its minute
 * @param onHand of a report what is left; else 0
 * @param day of the event, or of its visitor's second variant, in the experiment's time zone
 * @param n events
 * @param pieces their quantities, times a million; 0 for reports and visits
 */
public record StockCount(
        String experiment,
        String kind,
        String showroom,
        String sku,
        String variant,
        long atMillis,
        long onHand,
        LocalDate day,
        long n,
        BigInteger pieces)
        implements ExperimentRow {
    @Override
    public String rowKey() {
        return RowKey.of(
                "s",
                experiment,
                kind,
                showroom,
                sku,
                variant,
                Long.toString(atMillis),
                Long.toString(onHand),
                day.toString());
    }

    @Override
    public StockCount emptied() {
        return new StockCount(experiment, kind, showroom, sku, variant, atMillis, onHand, day, 0, BigInteger.ZERO);
    }
}
