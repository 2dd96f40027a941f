package org.showroomlab.jobs.observe;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.scan.FieldNumber;
import org.showroomlab.ingest.scan.ScannedEvent;
import org.showroomlab.jobs.packed.PackedWriter;

/** Writes the texts of an event that an observation keeps. */
final class EventTexts {
    private final List<EventField> dimensionFields;

    EventTexts(List<EventField> dimensionFields) {
        this.dimensionFields = dimensionFields;
    }

    /** The text of a field, empty when the event has none. */
    static void write(ScannedEvent event, int field, PackedWriter out) {
        if (event.has(field)) {
            out.writeText(event.bytes(), event.start(field), event.length(field));
        } else {
            out.writeVarLong(0);
        }
    }

    /** Per dimension slot the length + 1 and the text; 0 where the event has none. */
    void writeDimensions(ScannedEvent event, PackedWriter out) {
        for (EventField field : dimensionFields) {
            int number = FieldNumber.of(field);
            if (number != FieldNumber.ATTRIBUTE) {
                boolean there = event.has(number);
                out.writeVarLong(there ? event.length(number) + 1L : 0);
                if (there) {
                    out.writeBytes(event.bytes(), event.start(number), event.length(number));
                }
                continue;
            }
            int attribute = event.attribute(FieldNumber.attributeName(field));
            byte @Nullable [] text =
                    attribute < 0 ? null : event.attributeText(attribute).getBytes(StandardCharsets.UTF_8);
            out.writeVarLong(text == null ? 0 : text.length + 1L);
            if (text != null) {
                out.writeBytes(text, 0, text.length);
            }
        }
    }
}
