package org.showroomlab.ingest.simulate;

import org.apache.commons.math3.distribution.TriangularDistribution;
import org.jspecify.annotations.Nullable;

/** Everybody in the world, each computed anew from seed and index, so that none need be remembered. */
final class Visitors {
    private static final int CREATORS = 8;
    /** One digit more than an id shows, so that ids have leading zeros. */
    private static final int ID_BASE = 10_000_000;

    private static final double OPENS_HOUR = 7;
    private static final double BUSIEST_HOUR = 16;
    private static final double CLOSES_HOUR = 23;

    private final ParameterTable parameters;
    private final Quarter quarter;
    private final Randomness random;
    private final double[] homes = Showroom.cumulativeShares();
    private final TriangularDistribution hourOfDay = new TriangularDistribution(OPENS_HOUR, BUSIEST_HOUR, CLOSES_HOUR);

    Visitors(ParameterTable parameters, Quarter quarter, long seed) {
        this.parameters = parameters;
        this.quarter = quarter;
        this.random = Randomness.of(seed, "visitors");
    }

    int count() {
        return parameters.integer("visitors");
    }

    Visitor visitor(int index) {
        random.restart(index);
        // Assignment first: nothing else about the person can depend on it by accident.
        int checkoutArm = random.below(2);
        int pageArm = random.below(2);
        int priceArm = random.below(3);
        int dropArm = random.below(2);
        Showroom home = Showroom.ALL.get(random.weighted(homes));
        return new Visitor(
                index,
                "v" + Integer.toString(ID_BASE + index).substring(1),
                home,
                creator(),
                random.happens(parameters.number("shop.regular_share")),
                enrolledAt(),
                random.happens(parameters.number("noise.mixed_share")),
                checkoutArm,
                pageArm,
                priceArm,
                random.happens(parameters.number("preorder_walk_in.participant_share")),
                dropArm);
    }

    private @Nullable String creator() {
        int creator = random.below(CREATORS);
        return random.happens(parameters.number("shop.creator_share")) ? "creator-" + (char) ('a' + creator) : null;
    }

    private long enrolledAt() {
        long day = random.below(quarter.enrolmentDays());
        double hour = hourOfDay.inverseCumulativeProbability(random.uniform());
        return quarter.enrolFromMillis() + day * Quarter.DAY_MILLIS + (long) (hour * Quarter.HOUR_MILLIS);
    }
}
