package org.showroomlab.ingest.simulate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * Expected outcomes of preorder-walk-in by arm. Who orders is limited by the pieces: with D ~ Binomial(visitors, P(comes
 * here, sees this arm, wants it)), a showroom sells E min(pieces, D) = Σ P(D > k), k below the pieces. On a shared
 * shelf D counts both arms, and each has its part of the sales by its part of the demand, because arms do not differ in
 * when they come. Shares are that over the expected number of comers; the error of a ratio of expectations is of the
 * order of one over the comers.
 */
final class DropTruth {
    /** Demand is never so far from its mean that a double could show it. */
    private static final double NEGLIGIBLE_BEYOND_SDS = 12;

    private final ParameterTable parameters;
    private final Quarter quarter;
    private final Drop drop;

    DropTruth(ParameterTable parameters, Quarter quarter) {
        this.parameters = parameters;
        this.quarter = quarter;
        this.drop = Drop.of(parameters, quarter);
    }

    Map<String, IntToDoubleFunction> metrics() {
        Map<String, IntToDoubleFunction> metrics = new LinkedHashMap<>();
        metrics.put("picked_up", arm -> soldShare(arm) * pickups());
        metrics.put("preordered", this::soldShare);
        metrics.put("cancelled", arm -> soldShare(arm) * cancellations());
        metrics.put("no_show", arm -> soldShare(arm) * (1 - pickups() - cancellations()));
        return metrics;
    }

    Map<String, Object> analysis() {
        Map<String, Object> analysis = new LinkedHashMap<>();
        analysis.put("basis", "per exposed visitor, hours since first exposure");
        analysis.put("incidence_basis", "shares that have left in each way before that many hours");
        analysis.put("arms", List.of(arm("small", 0), arm("large", 1)));
        analysis.put("gray", null);
        analysis.put("reason", "gray is a test statistic and has no true value");
        analysis.put("demand_effect", Map.of("estimate", drop.demand(1) - drop.demand(0)));
        analysis.put("sales_effect", Map.of("estimate", salesIfAll(1) - salesIfAll(0)));
        analysis.put("stock", stock());
        return analysis;
    }

    private Map<String, Object> arm(String variant, int arm) {
        double ordered = soldShare(arm);
        List<Map<String, Object>> incidence = new ArrayList<>();
        for (int hours = 12; hours <= quarter.dropWindowHours(); hours += 12) {
            Map<String, Object> point = new LinkedHashMap<>();
            point.put("hours", hours);
            point.put("picked_up", ordered * pickups() * uniformShare(hours, 1, quarter.pickupHours()));
            point.put("cancelled", ordered * cancellations() * uniformShare(hours, 0.5, quarter.pickupHours() / 2.0));
            // Who has not come is told at the very end of the pick-up hours: not before them.
            point.put("no_show", hours > quarter.pickupHours() ? ordered * (1 - pickups() - cancellations()) : 0.0);
            incidence.add(point);
        }
        Map<String, Object> truth = new LinkedHashMap<>();
        truth.put("variant", variant);
        truth.put("incidence", incidence);
        // Hours without pick-up, up to the end of the window; the pick-up time is uniform from the first hour.
        double tau = quarter.dropWindowHours();
        double lost = tau - (1 + quarter.pickupHours()) / 2.0;
        truth.put("tau_hours", tau);
        truth.put("rmst_hours", Map.of("estimate", tau - ordered * pickups() * lost));
        return truth;
    }

    private static double uniformShare(double x, double from, double to) {
        return Math.min(1, Math.max(0, (x - from) / (to - from)));
    }

    private List<Map<String, Object>> stock() {
        List<Map<String, Object>> stock = new ArrayList<>();
        for (Showroom showroom : Showroom.ALL) {
            for (int arm = 0; arm < Drop.ARMS; arm++) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("showroom", showroom.id());
                line.put("sku", drop.sku(arm));
                line.put("variant", arm == 0 ? "small" : "large");
                line.put("allotment", drop.allotments().get(arm));
                line.put("sold", expectedSold(showroom, arm));
                line.put("turned_away", comers(showroom) * drop.demand(arm) - expectedSold(showroom, arm));
                stock.add(line);
            }
        }
        return stock;
    }

    private double soldShare(int arm) {
        double sold = 0;
        double comers = 0;
        for (Showroom showroom : Showroom.ALL) {
            sold += expectedSold(showroom, arm);
            comers += comers(showroom);
        }
        return comers == 0 ? 0 : sold / comers;
    }

    /**
     * Sales per comer if everybody saw this arm. The arms' own stocks are apart, so there it is what the arm sells; on a
     * shared shelf that sells out it is hardly any different between the arms, whatever their shares look like.
     */
    private double salesIfAll(int arm) {
        if (!drop.sharedStock()) {
            return soldShare(arm);
        }
        double sold = 0;
        double comers = 0;
        for (Showroom showroom : Showroom.ALL) {
            double here = Drop.ARMS * comers(showroom);
            sold += expectedMinimum(drop.shelves()[0], here * drop.demand(arm));
            comers += here;
        }
        return comers == 0 ? 0 : sold / comers;
    }

    private double expectedSold(Showroom showroom, int arm) {
        double wants = comers(showroom) * drop.demand(arm);
        if (!drop.sharedStock()) {
            return expectedMinimum(drop.allotments().get(arm), wants);
        }
        double bothWant = comers(showroom) * (drop.demand(0) + drop.demand(1));
        return bothWant == 0 ? 0 : expectedMinimum(drop.shelves()[0], bothWant) * wants / bothWant;
    }

    /** E min(onShelf, D) for the binomial D with this mean. */
    private double expectedMinimum(long onShelf, double meanDemand) {
        int visitors = parameters.integer("visitors");
        BinomialDistribution demand = new BinomialDistribution(null, visitors, meanDemand / visitors);
        long pieces = Math.min(onShelf, visitors);
        double reach = NEGLIGIBLE_BEYOND_SDS * Math.sqrt(meanDemand) + 1;
        long surelySold = Math.min(pieces, Math.max(0, (long) (meanDemand - reach)));
        double sold = surelySold;
        for (long k = surelySold; k < Math.min((double) pieces, meanDemand + reach); k++) {
            sold += 1 - demand.cumulativeProbability((int) k);
        }
        return sold;
    }

    /** Expected comers who see one arm in this showroom. */
    private double comers(Showroom showroom) {
        return parameters.number("visitors")
                * parameters.number("preorder_walk_in.participant_share")
                * showroom.share()
                / Drop.ARMS;
    }

    private double pickups() {
        return parameters.number("preorder_walk_in.pickup_share");
    }

    private double cancellations() {
        return parameters.number("preorder_walk_in.cancellation_share");
    }
}
