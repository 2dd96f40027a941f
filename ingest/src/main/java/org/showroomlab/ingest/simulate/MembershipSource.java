package org.showroomlab.ingest.simulate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.util.FastMath;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.Event;

/**
 * Members and what they renew and use: the data of membership-tiers. Members are people of their own, so that their
 * renewals are nobody's in the other tests.
 */
final class MembershipSource implements EventSource {
    static final List<String> TIERS = List.of("classic", "plus");
    private static final String LINE = "membership";
    private static final List<String> PERKS = List.of("workshop", "early-access");
    private static final List<Long> PRICES_MINOR = List.of(1900L, 2900L);
    private static final int ID_BASE = 10_000_000;
    private static final int CREATORS = 8;
    private static final double CREATOR_SHARE = 0.7;
    private static final double MINUTE_HOURS = 1 / 60.0;

    private final ParameterTable parameters;
    private final Quarter quarter;
    private final Arms arms;
    private final Randomness random;
    private final double[] homes = Showroom.cumulativeShares();
    private final VisitorOrder order;

    MembershipSource(ParameterTable parameters, Quarter quarter, Arms arms, long seed) {
        this.parameters = parameters;
        this.quarter = quarter;
        this.arms = arms;
        this.random = Randomness.of(seed, "members");
        int members = (int) (parameters.number("visitors") * parameters.number("membership_tiers.members_share"));
        this.order = new VisitorOrder(
                IntStream.range(0, members).toArray(),
                quarter.startMillis(),
                i -> member(i).enrolledAtMillis());
    }

    /** Expected metrics by arm; exact. */
    static Map<String, IntToDoubleFunction> trueMetrics(ParameterTable parameters) {
        Map<String, IntToDoubleFunction> metrics = new LinkedHashMap<>();
        metrics.put(
                "renewed",
                arm -> number(parameters, "renewal_", arm) * (1 - parameters.number("membership_tiers.refund_share")));
        metrics.put("perk_use", arm -> number(parameters, "perks_", arm));
        // A Poisson number of visits, each for one of the perks.
        metrics.put("workshop", arm -> -FastMath.expm1(-number(parameters, "perks_", arm) / PERKS.size()));
        return metrics;
    }

    @Override
    public long earliestMillis() {
        return order.hasNext() ? order.instantMillis() : NOTHING_LEFT;
    }

    @Override
    public void tellNext(Consumer<Event> listener) {
        Visitor member = member(order.takeIndex());
        int tier = member.pageArm();
        Map<String, String> exposures = arms.exposure(ExperimentIds.MEMBERSHIP_TIERS, tier);
        VisitorEvents events = new VisitorEvents(member, LINE);
        listener.accept(events.visit(member.enrolledAtMillis(), VisitorEvents.ONLINE, "membership", exposures));
        String orderId = events.newOrder();
        tell(events, member.enrolledAtMillis(), orderId, "subscription", tier, listener);
        int visits = random.poisson(number(parameters, "perks_", tier));
        for (int i = 0; i < visits; i++) {
            listener.accept(
                    events.perk(after(member, windowHours()), PERKS.get(random.below(PERKS.size())), exposures));
        }
        if (random.happens(number(parameters, "renewal_", tier))) {
            renew(member, tier, orderId, events, listener);
        }
    }

    private void renew(Visitor member, int tier, String orderId, VisitorEvents events, Consumer<Event> listener) {
        long renewedAt = after(member, windowHours() - 1);
        tell(events, renewedAt, orderId, "renewal", tier, listener);
        if (random.happens(parameters.number("membership_tiers.refund_share"))) {
            // Within the hour that is left, so that it is always inside the window.
            tell(events, renewedAt + random.uniformMillis(MINUTE_HOURS, 1), orderId, "refund", tier, listener);
        }
    }

    private static void tell(
            VisitorEvents events, long atMillis, String orderId, String kind, int tier, Consumer<Event> listener) {
        listener.accept(events.purchase(
                atMillis, VisitorEvents.ONLINE, orderId, kind, null, 1, PRICES_MINOR.get(tier), TIERS.get(tier)));
    }

    /** The same person each time it is asked for; the numbers after it are those of what they do. */
    private Visitor member(int index) {
        random.restart(index);
        int tier = random.below(TIERS.size());
        Showroom home = Showroom.ALL.get(random.weighted(homes));
        long enrolledAt =
                quarter.enrolFromMillis() + (long) (random.uniform() * quarter.enrolmentDays() * Quarter.DAY_MILLIS);
        return new Visitor(
                index,
                "m" + Integer.toString(ID_BASE + index).substring(1),
                home,
                creator(),
                false,
                enrolledAt,
                false,
                0,
                tier,
                0,
                false,
                0);
    }

    private @Nullable String creator() {
        int creator = random.below(CREATORS);
        return random.happens(CREATOR_SHARE) ? "creator-" + (char) ('a' + creator) : null;
    }

    private long after(Visitor member, double untilHours) {
        return member.enrolledAtMillis() + random.uniformMillis(MINUTE_HOURS, untilHours);
    }

    private double windowHours() {
        return quarter.windowDays() * 24.0;
    }

    private static double number(ParameterTable parameters, String prefix, int tier) {
        return parameters.number("membership_tiers." + prefix + TIERS.get(tier));
    }
}
