package org.showroomlab.reports.special;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.showroomlab.reports.special.PreorderWalkIn.Arm;
import org.showroomlab.reports.special.PreorderWalkIn.Contrast;
import org.showroomlab.reports.special.PreorderWalkIn.Incidence;
import org.showroomlab.reports.special.PreorderWalkIn.StockLine;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.survival.CurveTest;

/** The reading as JSON, with the keys that programs outside rely on. */
final class PreorderWalkInJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> EFFECT = List.of("estimate", "std_error", "ci", "p_value");

    private PreorderWalkInJson() {}

    static ObjectNode of(PreorderWalkIn reading) {
        ObjectNode json = NODES.objectNode();
        json.put("basis", "per exposed visitor, hours since first exposure, everyone as assigned");
        json.put("incidence_basis", "shares that have left in each way before that many hours");
        json.put("tau_hours", reading.tauHours());
        ArrayNode arms = json.putArray("arms");
        reading.arms().forEach(arm -> arms.add(arm(arm)));
        ArrayNode comparisons = json.putArray("comparisons");
        reading.contrasts().forEach(contrast -> comparisons.add(contrast(reading, contrast)));
        Contrast first = reading.contrasts().get(0);
        json.put("variant", first.variant()).put("control", first.control());
        json.set("gray", test(first.gray()));
        json.set("rmst_difference", restrictedMeans(reading, first));
        json.set("demand_effect", effect(first.demand()));
        json.set("sales_effect", effect(first.sales()));
        ArrayNode stock = json.putArray("stock");
        reading.stock().value().ifPresent(lines -> lines.forEach(line -> stock.add(stock(line))));
        reading.stock().reason().ifPresent(reason -> json.put("stock_reason", reason));
        json.put("turned_away_basis", reading.turnedAwayBasis());
        json.set("channels", reading.channels().json());
        json.set("returns", reading.returns().json());
        return json;
    }

    private static ObjectNode arm(Arm arm) {
        ObjectNode json = NODES.objectNode()
                .put("variant", arm.variant())
                .put("exposed", arm.exposed())
                .put("preordered", arm.preordered())
                .put(
                        "preordered_where_sold_out_share",
                        arm.soldOutShare().value().orElse(null));
        arm.soldOutShare().reason().ifPresent(reason -> json.put("preordered_where_sold_out_share_reason", reason));
        json.set("incidence", incidence(arm.incidence()));
        arm.incidence().reason().ifPresent(reason -> json.put("incidence_reason", reason));
        json.set("incidence_of_preordered", incidence(arm.ofPreordered()));
        ObjectNode rmst = json.putObject("rmst_hours");
        arm.rmst().value().ifPresent(level -> {
            rmst.put("estimate", level.estimate()).put("std_error", level.stdError());
            rmst.set("ci", interval(level.ci()));
            arm.flatFromHours()
                    .ifPresent(last -> rmst.put(
                            "note",
                            "Nobody was seen for more than " + last
                                    + " hours; from there on nobody is taken to pick up any more."));
        });
        if (arm.rmst().value().isEmpty()) {
            refused(rmst, arm.rmst(), List.of("estimate", "ci"));
        }
        ArrayNode burnDown = json.putArray("burn_down");
        arm.burnDown()
                .forEach(burn -> burnDown.addObject()
                        .put("hours", burn.hours())
                        .put("preordered", burn.preordered())
                        .put("picked_up", burn.pickedUp()));
        if (arm.pieces().isPresent()) {
            json.put("pieces", arm.pieces().getAsLong());
        } else {
            json.putNull("pieces")
                    .put("reason", "the variant has no allotment, or it is not known how many showrooms take part");
        }
        return json;
    }

    private static ArrayNode incidence(Computable<List<Incidence>> curve) {
        ArrayNode points = NODES.arrayNode();
        curve.value()
                .ifPresent(list -> list.forEach(point -> points.addObject()
                        .put("hours", point.hours())
                        .put("picked_up", point.pickedUp())
                        .put("cancelled", point.cancelled())
                        .put("no_show", point.noShow())));
        return points;
    }

    private static ObjectNode contrast(PreorderWalkIn reading, Contrast contrast) {
        ObjectNode json = NODES.objectNode().put("variant", contrast.variant()).put("control", contrast.control());
        json.set("rmst_difference", restrictedMeans(reading, contrast));
        json.set("gray", test(contrast.gray()));
        json.set("log_rank", test(contrast.logRank()));
        json.set("picked_up", effect(contrast.pickedUp()));
        json.set("demand_effect", effect(contrast.demand()));
        json.set("sales_effect", effect(contrast.sales()));
        return json;
    }

    private static ObjectNode restrictedMeans(PreorderWalkIn reading, Contrast contrast) {
        ObjectNode json = effect(contrast.rmst());
        boolean flat = contrast.rmst().value().isPresent()
                && reading.arms().stream()
                        .filter(arm -> arm.variant().equals(contrast.variant())
                                || arm.variant().equals(contrast.control()))
                        .anyMatch(arm -> arm.flatFromHours().isPresent());
        return flat ? json.put("note", "Nobody was seen up to tau in an arm: see the note of its rmst_hours.") : json;
    }

    private static ObjectNode stock(StockLine line) {
        ObjectNode json = NODES.objectNode()
                .put("showroom", line.showroom())
                .put("sku", line.sku())
                .put("variant", line.variant());
        put(json, "allotment", line.allotment());
        json.put("sold", line.sold()).put("sell_through", line.sellThrough()).put("shared", line.shared());
        put(json, "on_hand", line.onHand());
        Instant soldOutAt = line.soldOutAt();
        json.put("sold_out_at", soldOutAt == null ? null : soldOutAt.toString());
        json.put("hours_to_sold_out", line.soldOutHours()).put("filled_again", line.filledAgain());
        put(json, "turned_away", line.turnedAway());
        ArrayNode burnDown = json.putArray("burn_down");
        line.burnDown()
                .forEach(taken ->
                        burnDown.addObject().put("hours", taken.hours()).put("sold", taken.pieces()));
        return line.reason() == null ? json : json.put("reason", line.reason());
    }

    private static void put(ObjectNode json, String name, OptionalLong value) {
        if (value.isPresent()) {
            json.put(name, value.getAsLong());
        } else {
            json.putNull(name);
        }
    }

    private static ObjectNode effect(Computable<Effect> computable) {
        ObjectNode json = NODES.objectNode();
        if (computable.value().isEmpty()) {
            return refused(json, computable, EFFECT);
        }
        Effect effect = computable.orElseThrow();
        json.put("estimate", effect.estimate()).put("std_error", effect.stdError());
        effect.df().ifPresent(df -> json.put("df", df));
        json.set("ci", interval(effect.ci()));
        return json.put("p_value", effect.pValue());
    }

    private static ObjectNode test(Computable<CurveTest> computable) {
        ObjectNode json = NODES.objectNode();
        if (computable.value().isEmpty()) {
            return refused(json, computable, List.of("statistic", "df", "p_value"));
        }
        CurveTest test = computable.orElseThrow();
        return json.put("statistic", test.statistic()).put("df", test.df()).put("p_value", test.pValue());
    }

    private static ArrayNode interval(Interval ci) {
        ArrayNode ends = NODES.arrayNode();
        for (double end : new double[] {ci.low(), ci.high()}) {
            if (Double.isFinite(end)) {
                ends.add(end);
            } else {
                ends.addNull();
            }
        }
        return ends;
    }

    private static ObjectNode refused(ObjectNode json, Computable<?> refusal, List<String> numbers) {
        numbers.forEach(json::putNull);
        return json.put("reason", refusal.reason().orElse("unknown"))
                .put("reason_code", refusal.code().orElse("unknown"));
    }
}
