package org.showroomlab.app.calibrate;

import java.util.List;

/**
 * One kind of small world.
 *
 * @param label stands before the names of its worlds
 * @param situation what it is like
 * @param truthBySeed whether every seed has a truth of its own
 * @param scenario what differs from the simulator's defaults
 */
record WorldKind(String label, String situation, boolean truthBySeed, String scenario, List<TrueNumber> numbers) {
    private static final String DROP = "preorder-walk-in";

    static final List<WorldKind> ALL = List.of(
            new WorldKind(
                    "speed",
                    "8 days, 12 caches",
                    true,
                    """
                    days: 8
                    visitors: 800
                    experiments: [ttl-speed]
                    shop: {visits_before: 0.1, visits_after: 0}
                    ttl_speed: {timings_per_visitor: 20}
                    """,
                    List.of(
                            TrueNumber.speed("good_share", "ttl-900", "switchback"),
                            TrueNumber.speed("p75_lcp_ms", "ttl-900", "switchback"))),
            new WorldKind(
                    "shop",
                    "reserved pieces for everybody",
                    false,
                    """
                    days: 30
                    visitors: 5000
                    experiments: [sub-price, preorder-walk-in]
                    shop: {visits_before: 0.1, visits_after: 0}
                    preorder_walk_in: {allotment_small: 10, allotment_large: 10}
                    """,
                    List.of(
                            new TrueNumber(
                                    "sub-price",
                                    "pooled elasticity",
                                    "log-binomial by market, random effects",
                                    report -> report.at("/analysis/price_elasticity/pooled/elasticity"),
                                    truth -> TrueNumber.told(
                                            truth, "/analysis/price_elasticity/pooled/elasticity/estimate")),
                            TrueNumber.metric("sub-price", "conversion", "p699", "newcombe"),
                            TrueNumber.metric("sub-price", "revenue", "p699", "welch"),
                            restrictedMean(),
                            effect("demand_effect", "censored binomial"),
                            TrueNumber.metric(DROP, "picked_up", "large", "newcombe"))),
            new WorldKind(
                    "drop",
                    "48 hours, sold out",
                    false,
                    """
                    days: 14
                    visitors: 4000
                    experiments: [preorder-walk-in]
                    shop: {visits_before: 0.1, visits_after: 0}
                    """,
                    List.of(
                            restrictedMean(),
                            effect("demand_effect", "censored binomial"),
                            effect("sales_effect", "newcombe, sales fixed by the stock"),
                            pickedUp(),
                            // A metric knows nothing of stock, and sales that end at it vary less than visitors do.
                            TrueNumber.metric(DROP, "picked_up", "large", "newcombe, independent visitors")
                                    .atMost())),
            new WorldKind(
                    "shared",
                    "48 hours, one stock of both arms sold out",
                    false,
                    """
                    days: 14
                    visitors: 4000
                    experiments: [preorder-walk-in]
                    shop: {visits_before: 0.1, visits_after: 0}
                    preorder_walk_in: {shared_stock: 1}
                    """,
                    List.of(effect("demand_effect", "binomial, who came while there was stock"))));

    private static TrueNumber restrictedMean() {
        return new TrueNumber(
                DROP,
                "RMST difference",
                "rmst",
                report -> report.at("/analysis/preorder_walk_in/rmst_difference"),
                truth -> TrueNumber.told(truth, "/analysis/preorder_walk_in/arms/1/rmst_hours/estimate")
                        - TrueNumber.told(truth, "/analysis/preorder_walk_in/arms/0/rmst_hours/estimate"));
    }

    /** The share of the section, whose truth is that of the metric. */
    private static TrueNumber pickedUp() {
        return new TrueNumber(
                DROP,
                "picked up, the section's",
                "newcombe, sales fixed by the stock",
                report -> report.at("/analysis/preorder_walk_in/comparisons/0/picked_up"),
                truth -> TrueNumber.told(truth, "/metrics/picked_up/large"));
    }

    private static TrueNumber effect(String key, String method) {
        return new TrueNumber(
                DROP,
                key.replace('_', ' '),
                method,
                report -> report.at("/analysis/preorder_walk_in/" + key),
                truth -> TrueNumber.told(truth, "/analysis/preorder_walk_in/" + key + "/estimate"));
    }
}
