package org.showroomlab.ingest.simulate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The variant ids of every experiment that runs; the first of each is its control. */
final class Arms {
    private final Map<String, List<String>> variants = new HashMap<>();

    Arms(ParameterTable parameters) {
        put(parameters, ExperimentIds.AA_CHECKOUT, List.of("current", "same"));
        put(parameters, ExperimentIds.CREATOR_PAGE, List.of("catalogue", "story"));
        put(parameters, ExperimentIds.SUB_PRICE, numbered(parameters, "p", "sub_price.price_"));
        put(parameters, ExperimentIds.PREORDER_WALK_IN, List.of("small", "large"));
        put(parameters, ExperimentIds.MEMBERSHIP_TIERS, MembershipSource.TIERS);
        put(parameters, ExperimentIds.TTL_SPEED, numbered(parameters, "ttl-", "ttl_speed.ttl_"));
    }

    private void put(ParameterTable parameters, String experiment, List<String> ids) {
        if (parameters.runs(experiment)) {
            variants.put(experiment, ids);
        }
    }

    private static List<String> numbered(ParameterTable parameters, String prefix, String key) {
        return List.of(
                prefix + parameters.integer(key + 1),
                prefix + parameters.integer(key + 2),
                prefix + parameters.integer(key + 3));
    }

    List<String> of(String experiment) {
        return variants.getOrDefault(experiment, List.of());
    }

    /** What the visitor's events say while they take part in the tests that run all quarter. */
    Map<String, String> exposures(Visitor visitor) {
        return exposures(visitor, 0);
    }

    /** What a mixed visitor's events say later: the next variant of each test. */
    Map<String, String> otherExposures(Visitor visitor) {
        return exposures(visitor, 1);
    }

    Map<String, String> dropExposure(Visitor visitor) {
        return exposure(ExperimentIds.PREORDER_WALK_IN, visitor.dropArm());
    }

    Map<String, String> exposure(String experiment, int arm) {
        Map<String, String> exposures = new HashMap<>();
        add(exposures, experiment, arm);
        return Map.copyOf(exposures);
    }

    private Map<String, String> exposures(Visitor visitor, int shift) {
        Map<String, String> exposures = new HashMap<>();
        add(exposures, ExperimentIds.AA_CHECKOUT, visitor.checkoutArm() + shift);
        add(exposures, ExperimentIds.CREATOR_PAGE, visitor.pageArm() + shift);
        add(exposures, ExperimentIds.SUB_PRICE, visitor.priceArm() + shift);
        return Map.copyOf(exposures);
    }

    private void add(Map<String, String> exposures, String experiment, int arm) {
        List<String> ids = of(experiment);
        if (!ids.isEmpty()) {
            exposures.put(experiment, ids.get(arm % ids.size()));
        }
    }
}
