package org.showroomlab.reports.special;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.verdict.Finding;

/**
 * What a drop sold online and in showrooms, side by side: a gain of one channel that the other lost is no gain.
 *
 * @param arms in the order of the experiment file
 * @param contrasts each treatment against the control
 */
public record Channels(List<Arm> arms, List<Contrast> contrasts) {
    public Channels {
        arms = List.copyOf(arms);
        contrasts = List.copyOf(contrasts);
    }

    /** What one arm's visitors preordered and bought in one channel, or in all. */
    public record Sold(BigDecimal pieces, long purchases, Computable<Double> perVisitor) {}

    /** One arm. */
    public record Arm(String variant, long visitors, Sold online, Sold walkIn, Sold total) {}

    /** Pieces per exposed visitor, treatment minus control. */
    public record Contrast(
            String variant,
            String control,
            Computable<Effect> online,
            Computable<Effect> walkIn,
            Computable<Effect> total,
            double alpha) {
        /** Whether one channel rose as the other fell, and the total did not move. */
        public Optional<Finding.ShiftedNotAdded> shifted() {
            if (moved(online, 1) && moved(walkIn, -1) && !moved(total, 1) && !moved(total, -1)) {
                return Optional.of(new Finding.ShiftedNotAdded("online", "walk_in", true));
            }
            if (moved(online, -1) && moved(walkIn, 1) && !moved(total, 1) && !moved(total, -1)) {
                return Optional.of(new Finding.ShiftedNotAdded("walk_in", "online", true));
            }
            return Optional.empty();
        }

        private boolean moved(Computable<Effect> effect, int direction) {
            return effect.value()
                    .filter(e -> e.estimate() * direction > 0 && e.pValue() < alpha)
                    .isPresent();
        }
    }

    ObjectNode json() {
        ObjectNode json = SpecialJson.object();
        json.put(
                "estimand",
                "pieces preordered or bought per exposed visitor, treatment minus control, everyone as assigned");
        json.put("method", "welch");
        ArrayNode armsJson = json.putArray("arms");
        for (Arm arm : arms) {
            ObjectNode one = armsJson.addObject().put("variant", arm.variant()).put("exposed", arm.visitors());
            one.set("online", json(arm.online()));
            one.set("walk_in", json(arm.walkIn()));
            one.set("total", json(arm.total()));
        }
        ArrayNode comparisons = json.putArray("comparisons");
        for (Contrast c : contrasts) {
            ObjectNode one = comparisons.addObject().put("variant", c.variant()).put("control", c.control());
            one.set("online", SpecialJson.effect(c.online()));
            one.set("walk_in", SpecialJson.effect(c.walkIn()));
            one.set("total", SpecialJson.effect(c.total()));
            one.putNull("warning");
            c.shifted()
                    .ifPresent(
                            f -> one.putObject("warning").put("code", f.code()).put("text", f.text()));
        }
        return json;
    }

    private static ObjectNode json(Sold sold) {
        ObjectNode json = SpecialJson.object().put("units", sold.pieces()).put("purchases", sold.purchases());
        if (sold.perVisitor().value().isPresent()) {
            return json.put("per_visitor", sold.perVisitor().orElseThrow());
        }
        return SpecialJson.refused(json, sold.perVisitor(), "per_visitor");
    }
}
