package org.showroomlab.reports.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.report.Information;
import org.showroomlab.reports.report.SequentialLooks;
import org.showroomlab.reports.store.LookEffect;

/** The group-sequential looks as JSON, with the boundary of each. */
final class MonitoringJson {
    private MonitoringJson() {}

    static ObjectNode of(SequentialLooks looks, @Nullable Information information, List<LookEffect> effects) {
        ObjectNode json = JsonNumbers.object()
                .put("method", "group_sequential")
                .put("planned_looks", looks.planned())
                .put("information", looks.information())
                .put("is_look", looks.present());
        if (information != null) {
            json.put("units", information.units())
                    .put("matured_units", information.matured())
                    .put("planned_units", information.planned());
        }
        ArrayNode list = json.putArray("looks");
        looks.looks().forEach(look -> list.add(look(look, effects)));
        return json;
    }

    private static ObjectNode look(SequentialLooks.Look look, List<LookEffect> effects) {
        ObjectNode json = JsonNumbers.object()
                .put("as_of", look.asOf().toString())
                .put("information", look.information())
                .put("matured_units", look.maturedUnits());
        if (Double.isInfinite(look.z())) {
            json.putNull("z").put("reason", "Nothing may be spent at so little information.");
        } else {
            json.put("z", look.z());
        }
        if (Double.isFinite(look.harmZ())) {
            json.put("harm_z", look.harmZ());
        }
        ArrayNode seen = json.putArray("comparisons");
        effects.stream()
                .filter(e -> e.asOf().equals(look.asOf()))
                .forEach(e -> seen.addObject()
                        .put("metric", e.metric())
                        .put("variant", e.variant())
                        .put("z", e.z()));
        return json;
    }
}
