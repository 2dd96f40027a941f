package org.showroomlab.ingest.simulate;

import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.showroomlab.ingest.event.Event;

/** Subscriptions, weekly renewals, cancellations and refunds of sub-price. */
final class SubscriptionSource implements EventSource {
    static final String LINE = "subscription";
    private static final String PLAN = "weekly";
    private static final double WEEK_HOURS = 7 * 24;
    private static final double MINUTE_HOURS = 1 / 60.0;

    private final ParameterTable parameters;
    private final Quarter quarter;
    private final Visitors visitors;
    private final PriceDemand demand;
    private final VisitorOrder order;
    private final Randomness random;

    SubscriptionSource(ParameterTable parameters, Quarter quarter, Visitors visitors, long seed) {
        this.parameters = parameters;
        this.quarter = quarter;
        this.visitors = visitors;
        this.demand = PriceDemand.of(parameters);
        this.order = new VisitorOrder(
                IntStream.range(0, visitors.count()).toArray(),
                quarter.startMillis(),
                i -> visitors.visitor(i).enrolledAtMillis());
        this.random = Randomness.of(seed, "subscriptions");
    }

    @Override
    public long earliestMillis() {
        return order.hasNext() ? order.instantMillis() : NOTHING_LEFT;
    }

    @Override
    public void tellNext(Consumer<Event> listener) {
        Visitor visitor = visitors.visitor(order.takeIndex());
        random.restart(visitor.index());
        long priceMinor = demand.pricesMinor().get(visitor.priceArm());
        if (random.happens(demand.conversion((double) priceMinor))) {
            subscribe(visitor, priceMinor, listener);
        }
    }

    private void subscribe(Visitor visitor, long priceMinor, Consumer<Event> listener) {
        VisitorEvents events = new VisitorEvents(visitor, LINE);
        String orderId = events.newOrder();
        double hours = random.uniform(MINUTE_HOURS, quarter.subscribeHours() - 1.0);
        Payments payments = new Payments(visitor, events, orderId, listener);
        payments.tell(hours, "subscription", priceMinor);
        if (random.happens(parameters.number("sub_price.refund_share"))) {
            // Within the hour that subscribeHours leaves free, so that it is always inside the window.
            payments.tell(hours + random.uniform(MINUTE_HOURS, 1), "refund", priceMinor);
            return;
        }
        for (int week = 1; goesOn(visitor, hours, week); week++) {
            boolean renews = random.happens(parameters.number("sub_price.renewal_share"));
            payments.tell(hours + week * WEEK_HOURS, renews ? "renewal" : "cancellation", renews ? priceMinor : 0);
            if (!renews) {
                return;
            }
        }
    }

    /** Until the quarter ends; but a payment that the window counts of some subscriptions only is nobody's. */
    private boolean goesOn(Visitor visitor, double hours, int week) {
        double at = hours + week * WEEK_HOURS;
        return week <= quarter.renewals()
                || (week * WEEK_HOURS >= quarter.windowDays() * 24.0
                        && visitor.enrolledAtMillis() + at * Quarter.HOUR_MILLIS < quarter.endMillis());
    }

    private record Payments(Visitor visitor, VisitorEvents events, String orderId, Consumer<Event> listener) {
        void tell(double hours, String kind, long amountMinor) {
            long at = visitor.enrolledAtMillis() + (long) (hours * Quarter.HOUR_MILLIS);
            listener.accept(
                    events.purchase(at, VisitorEvents.ONLINE, orderId, kind, "membership", 1, amountMinor, PLAN));
        }
    }
}
