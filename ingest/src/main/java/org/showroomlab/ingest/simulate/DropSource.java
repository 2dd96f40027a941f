package org.showroomlab.ingest.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventHeader;

/**
 * The 48-hour drop of preorder-walk-in. Unless the stock is shared, each arm draws on its own reserved pieces in each
 * showroom, under its own SKU, so that one arm selling out does not starve the other. Pieces of cancelled orders go to
 * the open shop and are not preordered again.
 */
final class DropSource implements EventSource {
    static final String LINE = "drop";
    private static final long CHECKOUT_MILLIS = 120_000;
    private static final double HALF_HOUR = 0.5;

    private final ParameterTable parameters;
    private final Quarter quarter;
    private final Visitors visitors;
    private final Arms arms;
    private final Drop drop;
    private final VisitorOrder order;
    private final Randomness random;
    private final long[][] onHand;
    private final long[][] counted;
    private boolean stocked;

    DropSource(ParameterTable parameters, Quarter quarter, Visitors visitors, Arms arms, long seed) {
        this.parameters = parameters;
        this.quarter = quarter;
        this.visitors = visitors;
        this.arms = arms;
        this.drop = Drop.of(parameters, quarter);
        this.random = Randomness.of(seed, "drop");
        int[] comers = IntStream.range(0, visitors.count())
                .filter(i -> visitors.visitor(i).comesToDrop())
                .toArray();
        this.order = new VisitorOrder(comers, quarter.startMillis(), this::arrivalMillis);
        this.onHand = new long[Showroom.ALL.size()][];
        this.counted = new long[Showroom.ALL.size()][Drop.ARMS];
        for (int s = 0; s < onHand.length; s++) {
            onHand[s] = drop.shelves();
        }
    }

    @Override
    public long earliestMillis() {
        if (!stocked) {
            return drop.stockedAtMillis();
        }
        return order.hasNext() ? order.instantMillis() : NOTHING_LEFT;
    }

    @Override
    public void tellNext(Consumer<Event> listener) {
        if (!stocked) {
            stockShelves(listener);
            return;
        }
        long arrival = order.instantMillis();
        Visitor visitor = visitors.visitor(order.takeIndex());
        random.restart(visitor.index());
        random.uniform(); // the arrival, drawn before
        visit(visitor, arrival, listener);
    }

    /** Early hours are busier, as in every drop. */
    private long arrivalMillis(int visitor) {
        double u = random.restart(visitor).uniform();
        return drop.opensAtMillis() + (long) (u * u * quarter.dropHours() * Quarter.HOUR_MILLIS);
    }

    private void stockShelves(Consumer<Event> listener) {
        for (int showroom = 0; showroom < onHand.length; showroom++) {
            for (int shelf = 0; shelf < onHand[showroom].length; shelf++) {
                listener.accept(stock(drop.stockedAtMillis(), showroom, shelf));
            }
        }
        stocked = true;
    }

    private void visit(Visitor visitor, long arrival, Consumer<Event> listener) {
        VisitorEvents events = new VisitorEvents(visitor, LINE);
        String channel =
                random.happens(parameters.number("shop.walk_in_share")) ? VisitorEvents.WALK_IN : VisitorEvents.ONLINE;
        listener.accept(events.visit(arrival, channel, drop.sku(visitor.dropArm()), arms.dropExposure(visitor)));
        if (visitor.mixed()) {
            listener.accept(events.visit(
                    arrival + CHECKOUT_MILLIS / 2,
                    channel,
                    drop.sku(1 - visitor.dropArm()),
                    arms.exposure(ExperimentIds.PREORDER_WALK_IN, 1 - visitor.dropArm())));
        }
        if (random.happens(drop.demand(visitor.dropArm()))) {
            tryToOrder(visitor, arrival, channel, events, listener);
        }
    }

    private void tryToOrder(
            Visitor visitor, long arrival, String channel, VisitorEvents events, Consumer<Event> listener) {
        int showroom = Showroom.ALL.indexOf(visitor.home());
        int arm = visitor.dropArm();
        int shelf = drop.shelf(arm);
        if (onHand[showroom][shelf] == 0) {
            listener.accept(events.visit(arrival + CHECKOUT_MILLIS, channel, "sold-out", arms.dropExposure(visitor)));
            return;
        }
        onHand[showroom][shelf]--;
        listener.accept(stock(arrival + CHECKOUT_MILLIS, showroom, shelf));
        for (Step step : lifeOfOrder()) {
            listener.accept(events.purchase(
                    arrival + step.afterArrivalMillis(),
                    step.kind().equals("preorder") ? channel : VisitorEvents.WALK_IN,
                    visitor.id() + "-" + LINE,
                    step.kind(),
                    drop.sku(arm),
                    1,
                    step.kind().equals("pickup") || step.kind().equals("no_show") ? 0 : drop.priceMinor(),
                    null));
        }
    }

    private record Step(String kind, long afterArrivalMillis) {}

    private List<Step> lifeOfOrder() {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("preorder", CHECKOUT_MILLIS));
        double fate = random.uniform();
        double pickups = parameters.number("preorder_walk_in.pickup_share");
        if (fate < pickups) {
            steps.add(new Step("pickup", random.uniformMillis(1, quarter.pickupHours())));
        } else if (fate < pickups + parameters.number("preorder_walk_in.cancellation_share")) {
            steps.add(new Step("cancellation", random.uniformMillis(HALF_HOUR, quarter.pickupHours() / 2.0)));
        } else {
            steps.add(new Step("no_show", quarter.pickupHours() * Quarter.HOUR_MILLIS));
        }
        return steps;
    }

    private Event stock(long atMillis, int showroom, int shelf) {
        Showroom at = Showroom.ALL.get(showroom);
        EventHeader header = new EventHeader(
                "stock-" + at.id() + "-" + shelf + "-" + counted[showroom][shelf]++,
                atMillis,
                at.id(),
                at.region(),
                at.market(),
                null,
                null,
                drop.sharedStock() ? Map.of() : arms.exposure(ExperimentIds.PREORDER_WALK_IN, shelf),
                Map.of());
        return new Event.Stock(header, drop.sku(shelf), onHand[showroom][shelf]);
    }
}
