package org.showroomlab.ingest.simulate;

import java.util.List;

/** The ids of the simulated experiments. */
final class ExperimentIds {
    static final String AA_CHECKOUT = "aa-checkout";
    static final String CREATOR_PAGE = "creator-page";
    static final String SUB_PRICE = "sub-price";
    static final String PREORDER_WALK_IN = "preorder-walk-in";
    static final String TTL_SPEED = "ttl-speed";
    static final String MEMBERSHIP_TIERS = "membership-tiers";
    static final List<String> ALL =
            List.of(AA_CHECKOUT, CREATOR_PAGE, SUB_PRICE, PREORDER_WALK_IN, TTL_SPEED, MEMBERSHIP_TIERS);

    private ExperimentIds() {}
}
