package org.showroomlab.reports.special;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.showroomlab.stats.Computable;

/**
 * What was given back for its money, once everybody's time to do so is over; until then a number would only grow.
 *
 * @param windowDays how long a purchase can be given back
 * @param matureAt from when on everybody's window is over
 * @param arms the pieces by arm, or why they are not known yet
 */
public record Returns(int windowDays, Instant matureAt, Computable<List<Arm>> arms) {
    /** The pieces that one arm's visitors gave back, of those that they preordered or bought. */
    public record Arm(String variant, BigDecimal returned, BigDecimal sold) {}

    ObjectNode json() {
        ObjectNode json = SpecialJson.object().put("window_days", windowDays).put("mature_at", matureAt.toString());
        if (arms.value().isEmpty()) {
            return SpecialJson.refused(json, arms, "arms");
        }
        ArrayNode list = json.putArray("arms");
        arms.orElseThrow()
                .forEach(arm -> list.addObject()
                        .put("variant", arm.variant())
                        .put("returned_units", arm.returned())
                        .put("units", arm.sold()));
        return json;
    }
}
