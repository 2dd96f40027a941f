package org.showroomlab.ingest.simulate;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.showroomlab.ingest.event.Event;

/** Visits, sales and refunds of everybody: the data of aa-checkout and creator-page, and the exposures of sub-price. */
final class ShopSource implements EventSource {
    static final String LINE = "shop";
    private static final double MINUTE_HOURS = 1 / 60.0;

    private final ParameterTable parameters;
    private final Quarter quarter;
    private final Visitors visitors;
    private final Arms arms;
    private final VisitorOrder order;
    private final Randomness random;

    ShopSource(ParameterTable parameters, Quarter quarter, Visitors visitors, Arms arms, long seed) {
        this.parameters = parameters;
        this.quarter = quarter;
        this.visitors = visitors;
        this.arms = arms;
        this.order = new VisitorOrder(
                IntStream.range(0, visitors.count()).toArray(),
                quarter.startMillis(),
                i -> visitors.visitor(i).enrolledAtMillis());
        this.random = Randomness.of(seed, "shop");
    }

    @Override
    public long earliestMillis() {
        return order.hasNext() ? order.instantMillis() - quarter.leadDays() * Quarter.DAY_MILLIS : NOTHING_LEFT;
    }

    @Override
    public void tellNext(Consumer<Event> listener) {
        Visitor visitor = visitors.visitor(order.takeIndex());
        random.restart(visitor.index());
        VisitorEvents events = new VisitorEvents(visitor, LINE);
        before(visitor, events, listener);
        visits(visitor, events, listener);
        if (random.happens(saleProbability(visitor))) {
            int orders = 1 + random.poisson(parameters.number("shop.extra_orders"));
            double windowHours = quarter.shopWindowHours();
            for (int i = 0; i < orders; i++) {
                sale(visitor, random.uniform(MINUTE_HOURS, windowHours - 1), windowHours, events, listener);
            }
        }
    }

    /** The page lifts everybody's probability by the same factor, so the true difference is exact. */
    private double saleProbability(Visitor visitor) {
        double base = parameters.number(visitor.regular() ? "shop.regular_conversion" : "shop.other_conversion");
        boolean lifted = visitor.pageArm() == 1 && parameters.runs(ExperimentIds.CREATOR_PAGE);
        return lifted ? base * (1 + parameters.number("creator_page.relative_lift")) : base;
    }

    private void before(Visitor visitor, VisitorEvents events, Consumer<Event> listener) {
        double leadHours = quarter.leadDays() * 24;
        int visits = random.poisson(parameters.number("shop.visits_before"));
        for (int i = 0; i < visits; i++) {
            long at = visitor.enrolledAtMillis() - random.uniformMillis(MINUTE_HOURS, leadHours);
            listener.accept(events.visit(at, channel(), page(), strangeExposures()));
        }
        int sales = random.poisson(
                parameters.number(visitor.regular() ? "shop.regular_sales_before" : "shop.other_sales_before"));
        for (int i = 0; i < sales; i++) {
            sale(visitor, -random.uniform(MINUTE_HOURS, leadHours), -MINUTE_HOURS / 2, events, listener);
        }
    }

    private void visits(Visitor visitor, VisitorEvents events, Consumer<Event> listener) {
        Map<String, String> exposures = arms.exposures(visitor);
        listener.accept(events.visit(visitor.enrolledAtMillis(), channel(), "home", exposures));
        double windowHours = quarter.windowDays() * 24.0;
        int visits = random.poisson(parameters.number("shop.visits_after"));
        for (int i = 0; i < visits; i++) {
            long at = visitor.enrolledAtMillis() + random.uniformMillis(MINUTE_HOURS, windowHours);
            listener.accept(events.visit(at, channel(), page(), exposures));
        }
        if (visitor.mixed()) {
            long at = visitor.enrolledAtMillis() + random.uniformMillis(MINUTE_HOURS, windowHours);
            listener.accept(events.visit(at, channel(), page(), arms.otherExposures(visitor)));
        }
    }

    /** A sale so many hours after exposure, and perhaps its refund before {@code untilHours}. */
    private void sale(
            Visitor visitor, double hours, double untilHours, VisitorEvents events, Consumer<Event> listener) {
        Product product = Product.SHELF.get(random.below(Product.SHELF.size()));
        long quantity = 1L + random.poisson(parameters.number("shop.extra_quantity"));
        long amountMinor = quantity * product.priceMinor();
        String channel = channel();
        String order = events.newOrder();
        listener.accept(events.purchase(
                at(visitor, hours), channel, order, "sale", product.sku(), quantity, amountMinor, null));
        if (random.happens(parameters.number("shop.refund_share"))) {
            long refundAt = at(visitor, random.uniform(hours, untilHours));
            listener.accept(
                    events.purchase(refundAt, channel, order, "refund", product.sku(), quantity, amountMinor, null));
        }
    }

    private static long at(Visitor visitor, double hours) {
        return visitor.enrolledAtMillis() + (long) (hours * Quarter.HOUR_MILLIS);
    }

    private String channel() {
        return random.happens(parameters.number("shop.walk_in_share")) ? VisitorEvents.WALK_IN : VisitorEvents.ONLINE;
    }

    private String page() {
        return Product.SHELF.get(random.below(Product.SHELF.size())).sku();
    }

    /** Mostly none. A retired experiment or a variant that was renamed must not count for anybody. */
    private Map<String, String> strangeExposures() {
        if (!random.happens(parameters.number("noise.unknown_exposure_share") * visitsPerVisitBefore())) {
            return Map.of();
        }
        Map<String, String> exposures = new HashMap<>();
        if (random.happens(0.5) || !parameters.runs(ExperimentIds.AA_CHECKOUT)) {
            exposures.put("retired-banner", "blue");
        } else {
            exposures.put(ExperimentIds.AA_CHECKOUT, "renamed");
        }
        return exposures;
    }

    /** Strange exposures stand on visits before enrolment only; this makes them the right share of all visits. */
    private double visitsPerVisitBefore() {
        double before = parameters.number("shop.visits_before");
        return (before + 1 + parameters.number("shop.visits_after")) / before;
    }
}
