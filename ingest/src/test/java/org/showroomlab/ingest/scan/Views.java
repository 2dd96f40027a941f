package org.showroomlab.ingest.scan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.showroomlab.ingest.codec.Decoded;
import org.showroomlab.ingest.codec.EventCodec;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventField;

/** Everything that a view says, as text, so that two views can be compared. */
final class Views {
    private static final List<EventField> FIELDS = FieldNumber.NAMES.subList(0, FieldNumber.COUNT).stream()
            .map(name -> EventField.named(name).orElseThrow())
            .toList();

    private Views() {}

    static String of(ScannedEvent view) {
        StringBuilder said = new StringBuilder(256);
        said.append(view.type()).append('@').append(view.timestampMillis());
        for (int field = 0; field < FieldNumber.COUNT; field++) {
            if (view.has(field)) {
                said.append('\n').append(field).append('=');
                if (FIELDS.get(field).kind() == EventField.Kind.NUMBER) {
                    said.append(view.number(field));
                } else {
                    said.append(view.text(field));
                }
            }
        }
        return said.append('\n')
                .append(exposures(view))
                .append('\n')
                .append(attributes(view))
                .toString();
    }

    static String of(Event event) {
        ScannedEvent view = new ScannedEvent();
        view.load(event);
        return of(view);
    }

    /** What the view of the codec's event says; {@code refused} when there is none. */
    static String bySlowPath(byte[] record) {
        return EventCodec.decode(record) instanceof Decoded.Accepted accepted ? of(accepted.event()) : "refused";
    }

    static Map<String, String> exposures(ScannedEvent view) {
        Map<String, String> said = new TreeMap<>();
        for (int i = 0; i < view.exposures(); i++) {
            said.put(
                    text(view, view.exposureKeyStart(i), view.exposureKeyLength(i)),
                    text(view, view.variantStart(i), view.variantLength(i)));
        }
        return said;
    }

    static Map<String, List<Object>> attributes(ScannedEvent view) {
        Map<String, List<Object>> said = new TreeMap<>();
        for (int i = 0; i < view.attributes(); i++) {
            List<Object> value = new ArrayList<>(List.of(view.attributeIsText(i), view.attributeText(i)));
            if (view.attributeIsNumber(i)) {
                value.add(view.attributeNumber(i));
            }
            said.put(text(view, view.attributeKeyStart(i), view.attributeKeyLength(i)), value);
        }
        return said;
    }

    private static String text(ScannedEvent view, int start, int length) {
        return new String(view.bytes(), start, length, StandardCharsets.UTF_8);
    }
}
