package org.showroomlab.ingest.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** The world's true effects, computed from its parameters and never from its events. */
final class TruthFile {
    private final ParameterTable parameters;
    private final Quarter quarter;
    private final long seed;
    private final Arms arms;

    TruthFile(ParameterTable parameters, Quarter quarter, long seed) {
        this.parameters = parameters;
        this.quarter = quarter;
        this.seed = seed;
        this.arms = new Arms(parameters);
    }

    String json() {
        Map<String, Object> root = new LinkedHashMap<>();
        put(root, ExperimentIds.AA_CHECKOUT, ShopTruth.checkoutMetrics(), Map.of());
        put(root, ExperimentIds.CREATOR_PAGE, new ShopTruth(parameters).pageMetrics(), Map.of());
        PriceTruth price = new PriceTruth(parameters, quarter);
        put(root, ExperimentIds.SUB_PRICE, price.metrics(), Map.of("price_elasticity", price.analysis()));
        DropTruth drop = new DropTruth(parameters, quarter);
        put(root, ExperimentIds.PREORDER_WALK_IN, drop.metrics(), Map.of("preorder_walk_in", drop.analysis()));
        TtlTruth ttl = new TtlTruth(parameters, seed);
        put(root, ExperimentIds.TTL_SPEED, ttl.metrics(), Map.of("ttl_speed", ttl.analysis()));
        put(root, ExperimentIds.MEMBERSHIP_TIERS, MembershipSource.trueMetrics(parameters), Map.of());
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Adds an experiment that runs: each metric's level by arm becomes differences to the control, and the analysis stands
     * under its name, as in a report.
     */
    private void put(
            Map<String, Object> root,
            String experiment,
            Map<String, IntToDoubleFunction> levels,
            Map<String, Object> analysis) {
        List<String> variants = arms.of(experiment);
        if (variants.isEmpty()) {
            return;
        }
        Map<String, Object> metrics = new LinkedHashMap<>();
        levels.forEach((metric, level) -> {
            Map<String, Double> differences = new LinkedHashMap<>();
            for (int arm = 1; arm < variants.size(); arm++) {
                differences.put(variants.get(arm), level.applyAsDouble(arm) - level.applyAsDouble(0));
            }
            metrics.put(metric, differences);
        });
        Map<String, Object> truth = new LinkedHashMap<>();
        truth.put("metrics", metrics);
        truth.put("analysis", analysis);
        root.put(experiment, truth);
    }
}
