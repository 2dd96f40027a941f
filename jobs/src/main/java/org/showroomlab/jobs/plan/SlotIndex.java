package org.showroomlab.jobs.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.ingest.scan.FieldNumber;
import org.showroomlab.ingest.scan.ScannedEvent;
import org.showroomlab.jobs.packed.NameTable;

/**
 * Which value slots an event can feed at all, so that the cost of an event grows with the measures that fit it and not
 * with the experiments that are loaded: by type, then by the field that tells events of that type apart.
 */
public final class SlotIndex {
    /** Per type: the purchase's kind, the visit's page, the timing's status, the stock's product. */
    private static final int[] TELLING_FIELD = {FieldNumber.PAGE, FieldNumber.STATUS, FieldNumber.KIND, FieldNumber.SKU
    };

    private final NameTable[] names = new NameTable[EventType.values().length];
    private final List<List<int[]>> byName = new ArrayList<>();
    private final int[][] always = new int[EventType.values().length][];

    public SlotIndex(List<MeasurePlan> measures) {
        for (EventType type : EventType.values()) {
            index(type, measures);
        }
    }

    private void index(EventType type, List<MeasurePlan> measures) {
        NameTable table = new NameTable();
        List<List<Integer>> named = new ArrayList<>();
        List<Integer> unnamed = new ArrayList<>();
        for (int slot = 0; slot < measures.size(); slot++) {
            MeasurePlan measure = measures.get(slot);
            if ((measure.types() >>> type.ordinal() & 1) == 0) {
                continue;
            }
            @Nullable Set<String> required = measure.required(TELLING_FIELD[type.ordinal()]);
            if (required == null) {
                unnamed.add(slot);
                continue;
            }
            for (String name : required) {
                int number = table.number(name);
                if (number == named.size()) {
                    named.add(new ArrayList<>());
                }
                named.get(number).add(slot);
            }
        }
        names[type.ordinal()] = table;
        always[type.ordinal()] = toArray(unnamed);
        List<int[]> merged = new ArrayList<>();
        for (List<Integer> slots : named) {
            List<Integer> all = new ArrayList<>(slots);
            all.addAll(unnamed);
            all.sort(null);
            merged.add(toArray(all));
        }
        byName.add(merged);
    }

    private static int[] toArray(List<Integer> slots) {
        return slots.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The slots worth asking, ascending. */
    public int[] of(ScannedEvent event) {
        int type = event.type().ordinal();
        if (names[type].size() == 0) {
            return always[type];
        }
        int field = TELLING_FIELD[type];
        int number = event.has(field) ? names[type].find(event.bytes(), event.start(field), event.length(field)) : -1;
        return number < 0 ? always[type] : byName.get(type).get(number);
    }
}
