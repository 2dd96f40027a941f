package org.showroomlab.ingest.simulate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** Expected metrics of aa-checkout and creator-page by arm; exact. */
final class ShopTruth {
    private final ParameterTable parameters;

    ShopTruth(ParameterTable parameters) {
        this.parameters = parameters;
    }

    /** Nothing depends on the arm; the common level is left out. */
    static Map<String, IntToDoubleFunction> checkoutMetrics() {
        Map<String, IntToDoubleFunction> metrics = new LinkedHashMap<>();
        metrics.put("spend", arm -> 0);
        metrics.put("conversion", arm -> 0);
        metrics.put("orders", arm -> 0);
        metrics.put("basket", arm -> 0);
        return metrics;
    }

    Map<String, IntToDoubleFunction> pageMetrics() {
        Map<String, IntToDoubleFunction> metrics = new LinkedHashMap<>();
        metrics.put("conversion", this::conversion);
        metrics.put("revenue", arm -> conversion(arm) * netMinorPerBuyer() * Showroom.euroShare());
        metrics.put("visits", arm -> 0);
        return metrics;
    }

    private double conversion(int arm) {
        double regulars = parameters.number("shop.regular_share");
        double base = regulars * parameters.number("shop.regular_conversion")
                + (1 - regulars) * parameters.number("shop.other_conversion");
        return arm == 0 ? base : base * (1 + parameters.number("creator_page.relative_lift"));
    }

    /** Orders, pieces, prices and refunds are independent of each other and of who buys. */
    private double netMinorPerBuyer() {
        return (1 + parameters.number("shop.extra_orders"))
                * (1 + parameters.number("shop.extra_quantity"))
                * Product.meanPriceMinor()
                * (1 - parameters.number("shop.refund_share"));
    }
}
