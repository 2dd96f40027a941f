package org.showroomlab.ingest.simulate;

import java.util.List;

/**
 * What the drop of preorder-walk-in offers.
 *
 * @param allotments pieces per showroom, by arm
 * @param demands probability that a visitor wants to preorder, by arm
 * @param sharedStock whether the pieces of both arms lie on one shelf
 */
record Drop(long opensAtMillis, List<Long> allotments, List<Double> demands, boolean sharedStock, long priceMinor) {
    static final int ARMS = 2;
    private static final String SHARED_SKU = "drop-lamp";
    private static final List<String> SKUS = List.of("drop-lamp-small", "drop-lamp-large");

    static Drop of(ParameterTable parameters, Quarter quarter) {
        return new Drop(
                quarter.enrolFromMillis() + 9 * Quarter.HOUR_MILLIS,
                List.of(allotment(parameters, "small"), allotment(parameters, "large")),
                List.of(
                        parameters.number("preorder_walk_in.demand_small"),
                        parameters.number("preorder_walk_in.demand_large")),
                parameters.integer("preorder_walk_in.shared_stock") == 1,
                parameters.integer("preorder_walk_in.price_minor"));
    }

    private static long allotment(ParameterTable parameters, String arm) {
        double perThousand = parameters.number("preorder_walk_in.allotment_" + arm);
        return Math.max(1, Math.round(perThousand * parameters.number("visitors") / 1000));
    }

    /** An hour before the doors open. */
    long stockedAtMillis() {
        return opensAtMillis - Quarter.HOUR_MILLIS;
    }

    String sku(int arm) {
        return sharedStock ? SHARED_SKU : SKUS.get(arm);
    }

    /** The shelf that the arm is sold from; both arms the first when it is shared. */
    int shelf(int arm) {
        return sharedStock ? 0 : arm;
    }

    /** Pieces on each shelf of a showroom. */
    long[] shelves() {
        return sharedStock
                ? new long[] {allotments.get(0) + allotments.get(1)}
                : new long[] {allotments.get(0), allotments.get(1)};
    }

    double demand(int arm) {
        return demands.get(arm);
    }
}
