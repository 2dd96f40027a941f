package org.showroomlab.reports.verify;

import java.util.List;
import java.util.Map;
import org.showroomlab.ingest.experiment.Experiment;

/**
 * Where the clock of a life table starts, and what ends the wait (docs/TABLES.md, "Life tables").
 *
 * @param endings the kinds of purchase that end it
 */
record LifeOrigin(String name, String entries, List<String> endings) {
    private static final List<String> PICKUP_ENDINGS = List.of("pickup", "cancellation", "refund", "no_show");
    private static final List<String> RENEWAL_ENDINGS = List.of("renewal", "cancellation", "refund");

    /** The origins that the experiment's analysis has; none for most analyses and for units that are not visitors. */
    static List<LifeOrigin> of(Experiment experiment) {
        if (experiment.unit() != Experiment.UnitKind.VISITOR) {
            return List.of();
        }
        return switch (experiment.analysis()) {
            case PREORDER_WALK_IN ->
                List.of(
                        new LifeOrigin(
                                "exposure",
                                "select unit, variant, mixed_day, exposed_at as entered_at from units",
                                PICKUP_ENDINGS),
                        new LifeOrigin("preorder", earliest("preorder"), PICKUP_ENDINGS));
            case PRICE_ELASTICITY -> List.of(new LifeOrigin("subscription", earliest("subscription"), RENEWAL_ENDINGS));
            case COMPARISON, TTL_SPEED -> List.of();
        };
    }

    private static String earliest(String kind) {
        return "select unit, variant, mixed_day, min(ts) as entered_at from purchases_since_exposure where kind = "
                + Sql.text(kind) + " group by all";
    }

    Map<String, String> values() {
        String endingKinds = Sql.texts(endings);
        // What the origin is named after is a purchase, too, unless it is the exposure.
        String kinds = name.equals("exposure") ? endingKinds : endingKinds + ", " + Sql.text(name);
        return Map.of("origin", Sql.text(name), "entries", entries, "ending_kinds", endingKinds, "kinds", kinds);
    }
}
