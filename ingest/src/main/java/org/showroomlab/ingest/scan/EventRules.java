package org.showroomlab.ingest.scan;

import java.util.Arrays;
import java.util.List;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.event.EventType;

/** What each type of event must and can carry, one bit per field. */
final class EventRules {
    private static final int MAX_ID_CHARACTERS = 64;
    private static final long ONE_PIECE = 1_000_000;
    private static final EventType[] TYPES = EventType.values();

    /** By type: the fields that the contract requires. */
    private static final int[] REQUIRED = byType(EventRules::required);

    /** By type: the texts that must not be empty where they are present. */
    private static final int[] NEVER_EMPTY = byType(EventRules::neverEmpty);

    /** By type: the fields that are the type's own or common; others are ignored. */
    private static final int[] CARRIED = byType(EventRules::carried);

    private EventRules() {}

    /** Whether the fields make a valid event, whose default is then filled in and whose foreign fields are taken away. */
    static boolean complete(ScannedEvent event) {
        if (event.type == null) {
            return false;
        }
        int type = event.type.ordinal();
        if ((event.present & REQUIRED[type]) != REQUIRED[type] || (event.emptyTexts & NEVER_EMPTY[type]) != 0) {
            return false;
        }
        if (event.length(FieldNumber.ID) > MAX_ID_CHARACTERS && isTooLong(event)) {
            return false;
        }
        event.present &= CARRIED[type];
        if (event.type == EventType.PURCHASE && !event.has(FieldNumber.QUANTITY)) {
            event.set(FieldNumber.QUANTITY, ONE_PIECE);
        }
        return true;
    }

    private static boolean isTooLong(ScannedEvent event) {
        return TextScan.characters(event.bytes, event.start(FieldNumber.ID), event.length(FieldNumber.ID))
                > MAX_ID_CHARACTERS;
    }

    private static int required(EventType type) {
        int common = bits(FieldNumber.TYPE, FieldNumber.ID, FieldNumber.SHOWROOM);
        return common
                | switch (type) {
                    case VISIT -> bits(FieldNumber.VISITOR);
                    case CACHE_TIMING -> bits(FieldNumber.CACHE);
                    case PURCHASE -> bits(FieldNumber.VISITOR, FieldNumber.ORDER, FieldNumber.KIND);
                    case STOCK -> bits(FieldNumber.SKU, FieldNumber.ON_HAND);
                };
    }

    private static int neverEmpty(EventType type) {
        return required(type) | (type == EventType.CACHE_TIMING ? bits(FieldNumber.VISITOR) : 0);
    }

    private static int carried(EventType type) {
        int bits = 0;
        List<String> names = FieldNumber.NAMES.subList(0, FieldNumber.COUNT);
        for (int field = 0; field < names.size(); field++) {
            EventField known = EventField.named(names.get(field)).orElseThrow();
            bits |= known.types().contains(type) ? bits(field) : 0;
        }
        return bits;
    }

    private static int bits(int... fields) {
        return Arrays.stream(fields).map(f -> 1 << f).reduce(0, (a, b) -> a | b);
    }

    private static int[] byType(java.util.function.ToIntFunction<EventType> rule) {
        return Arrays.stream(TYPES).mapToInt(rule).toArray();
    }
}
