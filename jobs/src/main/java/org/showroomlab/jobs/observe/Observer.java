package org.showroomlab.jobs.observe;

import static org.showroomlab.jobs.observe.ObservationLayout.COUNTS_FOR_CLUSTER;
import static org.showroomlab.jobs.observe.ObservationLayout.ENTRY_HAS_EXPOSURES;
import static org.showroomlab.jobs.observe.ObservationLayout.ENTRY_HAS_PLACE;
import static org.showroomlab.jobs.observe.ObservationLayout.ENTRY_IS_ACCOUNTED;
import static org.showroomlab.jobs.observe.ObservationLayout.ENTRY_ONLY_EXPOSES;
import static org.showroomlab.jobs.observe.ObservationLayout.HAS_CLUSTER_PART;
import static org.showroomlab.jobs.observe.ObservationLayout.HAS_VISITOR_PART;
import static org.showroomlab.jobs.observe.ObservationLayout.LATE;
import static org.showroomlab.jobs.observe.ObservationLayout.VISITOR_PART;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.codec.Refusal;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.ingest.experiment.Experiment.UnitKind;
import org.showroomlab.ingest.scan.FieldNumber;
import org.showroomlab.ingest.scan.ScannedEvent;
import org.showroomlab.jobs.packed.PackedReader;
import org.showroomlab.jobs.packed.PackedWriter;
import org.showroomlab.jobs.plan.CountingPlan;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.plan.MeasurePlan;
import org.showroomlab.jobs.plan.MetricPlan;
import org.showroomlab.jobs.plan.SlotIndex;

/**
 * Looks at an event through the loaded experiments and writes down what they need of it. Nothing is allocated per event,
 * and what no experiment needs is not written.
 */
public final class Observer {
    private final CountingPlan plan;
    private final MeasurePlan[] measures;
    private final SlotIndex slotIndex;
    private final List<ExperimentPlan> clusterExperiments = new ArrayList<>();
    private final List<ExperimentPlan> stockExperiments = new ArrayList<>();
    /** By slot: the visitor experiments, and the cluster experiments, that read it. */
    private final int[][] visitorReaders;

    private final int[][] clusterReaders;
    private final boolean[] closed;

    // What the event says, gathered before it is written.
    private int[] experiments = new int[16];
    private int[] variants = new int[16];
    private int exposures;
    private int clusterExposures;
    private final int[] clusterVariant;
    private final int[] slots;
    private final long[] values;
    private int slotCount;
    private int unknown;
    private boolean late;

    public Observer(CountingPlan plan) {
        this.plan = plan;
        this.measures = plan.measures().toArray(new MeasurePlan[0]);
        this.slotIndex = new SlotIndex(plan.measures());
        this.slots = new int[measures.length];
        this.values = new long[measures.length];
        this.closed = new boolean[plan.experiments().size()];
        this.clusterVariant = new int[plan.experiments().size()];
        for (ExperimentPlan experiment : plan.experiments()) {
            if (!experiment.countsVisitors()) {
                clusterExperiments.add(experiment);
            }
            if (experiment.stock().countsReports()) {
                stockExperiments.add(experiment);
            }
        }
        this.visitorReaders = readers(true);
        this.clusterReaders = readers(false);
    }

    private int[][] readers(boolean visitors) {
        List<List<Integer>> readers = new ArrayList<>();
        for (int slot = 0; slot < measures.length; slot++) {
            readers.add(new ArrayList<>());
        }
        for (ExperimentPlan experiment : plan.experiments()) {
            if (experiment.countsVisitors() == visitors) {
                slotsOf(experiment).distinct().forEach(slot -> readers.get(slot).add(experiment.number()));
            }
        }
        return readers.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private static java.util.stream.IntStream slotsOf(ExperimentPlan experiment) {
        java.util.stream.IntStream.Builder slots = java.util.stream.IntStream.builder();
        for (MetricPlan metric : experiment.metrics()) {
            slots.add(metric.slot());
            if (metric.perSlot() != MetricPlan.NONE) {
                slots.add(metric.perSlot());
            }
        }
        experiment.lifeTable().clocks().forEach(clock -> {
            if (clock.entrySlot() != MetricPlan.NONE) {
                slots.add(clock.entrySlot());
            }
            clock.ends().forEach(end -> slots.add(end.slot()));
        });
        experiment.stock().flows().forEach(flow -> slots.add(flow.slot()));
        return slots.build();
    }

    /** From now on nothing is needed for this experiment: what it would have needed is late. */
    public void close(int experiment) {
        closed[experiment] = true;
    }

    /** A metric needs a number of this event that does not fit 64 bits. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Refusal refusal;

        Unreadable(Refusal refusal) {
            super(refusal.detail(), null, false, false);
            this.refusal = refusal;
        }

        public Refusal refusal() {
            return refusal;
        }
    }

    /** Reads the event; {@link #write} then writes what was read. */
    public void observe(ScannedEvent event) throws Unreadable {
        exposures = 0;
        clusterExposures = 0;
        slotCount = 0;
        unknown = 0;
        late = false;
        long millis = event.timestampMillis();
        for (int i = 0; i < event.exposures(); i++) {
            readExposure(event, i, millis);
        }
        for (int slot : slotIndex.of(event)) {
            MeasurePlan.Reading reading = measures[slot].read(event);
            if (reading != MeasurePlan.Reading.NO_MATCH) {
                if (reading == MeasurePlan.Reading.OUT_OF_RANGE) {
                    throw outOfRange(measures[slot].valueName());
                }
                long value = measures[slot].value(event);
                slots[slotCount] = slot;
                values[slotCount++] = reading == MeasurePlan.Reading.SUBTRACTS ? -value : value;
            }
        }
    }

    private static Unreadable outOfRange(String field) {
        return new Unreadable(new Refusal(
                Refusal.Code.VALUE_OUT_OF_RANGE, field, field + " is beyond ±9.2e12 and a metric reads it"));
    }

    private void readExposure(ScannedEvent event, int i, long millis) {
        ExperimentPlan experiment =
                plan.experiment(event.bytes(), event.exposureKeyStart(i), event.exposureKeyLength(i));
        int variant = experiment == null
                ? -1
                : experiment.variantNumbers().find(event.bytes(), event.variantStart(i), event.variantLength(i));
        if (experiment == null || variant < 0) {
            unknown++;
        } else if (experiment.isRunningAt(millis)) {
            if (closed[experiment.number()]) {
                late = true;
            } else if (experiment.countsVisitors()) {
                if (exposures == experiments.length) {
                    experiments = java.util.Arrays.copyOf(experiments, 2 * exposures);
                    variants = java.util.Arrays.copyOf(variants, 2 * exposures);
                }
                experiments[exposures] = experiment.number();
                variants[exposures++] = variant;
            } else {
                clusterVariant[experiment.number()] = variant + 1;
                clusterExposures++;
            }
        }
    }

    /**
     * Appends the observation in its {@linkplain ObservationLayout layout}.
     *
     * @param unitHigh upper half of the visitor's hash; ignored, like the lower, when the event has no visitor
     */
    public void write(
            ScannedEvent event,
            long identityHigh,
            long identityLow,
            long contentHash,
            int source,
            long unitHigh,
            long unitLow,
            PackedWriter out) {
        int start = out.length();
        long millis = event.timestampMillis();
        out.writeInt(0);
        out.writeLong(identityHigh);
        out.writeLong(identityLow);
        out.writeLong(millis << 16 | source);
        out.writeInt((int) (contentHash >>> 32));
        out.writeByte(0);
        out.writeInt(unknown);
        out.writeInt(0);
        int flags = 0;
        boolean hasVisitorPart = event.has(FieldNumber.VISITOR) && (exposures > 0 || isReadForVisitors(millis));
        if (hasVisitorPart) {
            out.writeLong(unitHigh);
            out.writeLong(unitLow);
            writeHistoryEntry(event, millis, out);
            flags |= HAS_VISITOR_PART;
        }
        int visitorEnd = out.length();
        if (!clusterExperiments.isEmpty() || (!stockExperiments.isEmpty() && event.type() == EventType.STOCK)) {
            flags |= writeClusterPart(event, millis, out);
            if ((flags & COUNTS_FOR_CLUSTER) != 0 && hasVisitorPart) {
                out.bytes()[start + VISITOR_PART + 16] |= ENTRY_IS_ACCOUNTED;
            }
        }
        if (late && (flags & (HAS_VISITOR_PART | HAS_CLUSTER_PART)) == 0) {
            flags |= LATE;
        }
        out.bytes()[start + ObservationLayout.FLAGS] = (byte) flags;
        out.setInt(start + ObservationLayout.VISITOR_PART_SIZE, visitorEnd - start - VISITOR_PART);
        out.setInt(start, out.length() - start);
        clear();
    }

    private void clear() {
        if (clusterExposures > 0) {
            java.util.Arrays.fill(clusterVariant, 0);
        }
    }

    /** Whether a visitor experiment that still counts can need one of the values at that time. */
    private boolean isReadForVisitors(long millis) {
        boolean read = false;
        for (int i = 0; i < slotCount; i++) {
            read |= isReadForVisitors(slots[i], millis);
        }
        return read;
    }

    private boolean isReadForVisitors(int slot, long millis) {
        for (int number : visitorReaders[slot]) {
            if (plan.experiments().get(number).reads(millis)) {
                if (!closed[number]) {
                    return true;
                }
                late = true;
            }
        }
        return false;
    }

    /** Flags; with exposures these and the dimension values; the place; then the values. */
    private void writeHistoryEntry(ScannedEvent event, long millis, PackedWriter out) {
        boolean hasPlace = hasPlace(millis);
        out.writeByte((exposures > 0 ? ENTRY_HAS_EXPOSURES : 0)
                | (hasPlace ? ENTRY_HAS_PLACE : 0)
                | (exposures > 0 && !isReadForVisitors(millis) ? ENTRY_ONLY_EXPOSES : 0));
        if (exposures > 0) {
            out.writeVarLong(exposures);
            for (int i = 0; i < exposures; i++) {
                out.writeVarLong(experiments[i]);
                out.writeVarLong(variants[i]);
            }
            writeDimensions(event, out);
        }
        if (hasPlace) {
            out.writeText(event.bytes(), event.start(FieldNumber.SHOWROOM), event.length(FieldNumber.SHOWROOM));
            writeSku(event, out);
        }
        for (int i = 0; i < slotCount; i++) {
            if (isReadForVisitors(slots[i], millis)) {
                out.writeVarLong(slots[i]);
                out.writeSignedVarLong(values[i]);
            }
        }
    }

    private boolean hasPlace(long millis) {
        for (int i = 0; i < slotCount; i++) {
            if (plan.isPlaced(slots[i]) && isReadForVisitors(slots[i], millis)) {
                return true;
            }
        }
        return false;
    }

    private static void writeSku(ScannedEvent event, PackedWriter out) {
        if (event.has(FieldNumber.SKU)) {
            out.writeText(event.bytes(), event.start(FieldNumber.SKU), event.length(FieldNumber.SKU));
        } else {
            out.writeVarLong(0);
        }
    }

    /** Per dimension slot the length + 1 and the text; 0 where the event has none. */
    private void writeDimensions(ScannedEvent event, PackedWriter out) {
        for (EventField field : plan.dimensionFields()) {
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

    /** The cluster part, if any experiment on caches or showrooms, or on stock, needs one; gives its flags. */
    private int writeClusterPart(ScannedEvent event, long millis, PackedWriter out) {
        int start = out.length();
        int flags = 0;
        int written = 0;
        for (ExperimentPlan experiment : clusterExperiments) {
            int field = experiment.unit() == UnitKind.CACHE ? FieldNumber.CACHE : FieldNumber.SHOWROOM;
            long period = event.has(field) ? experiment.countedPeriod(millis) : -1;
            if (period < 0) {
                continue;
            }
            int variant = clusterVariant[experiment.number()];
            boolean read = isReadBy(experiment.number());
            if (closed[experiment.number()]) {
                late |= read;
                continue;
            }
            if (written == 0) {
                out.writeByte(0);
            }
            written++;
            out.writeVarLong(experiment.number());
            out.writeVarLong(period);
            out.writeVarLong(variant);
            out.writeText(event.bytes(), event.start(field), event.length(field));
            flags = HAS_CLUSTER_PART | (variant > 0 || read ? COUNTS_FOR_CLUSTER : flags & COUNTS_FOR_CLUSTER);
        }
        if (event.type() == EventType.STOCK) {
            int reports = writeReports(event, millis, written == 0, out);
            written += reports;
            flags |= reports > 0 ? HAS_CLUSTER_PART | COUNTS_FOR_CLUSTER : 0;
        }
        if (written > 0) {
            out.bytes()[start] = (byte) Math.min(255, written);
            if (written > 255) {
                throw new IllegalStateException("more than 255 experiments on caches and showrooms at once");
            }
            out.writeVarLong(slotCount);
            for (int i = 0; i < slotCount; i++) {
                out.writeVarLong(slots[i]);
                out.writeSignedVarLong(values[i]);
            }
            writeDimensions(event, out);
        }
        return flags;
    }

    /** A stock report, for every experiment that counts them; gives how many do. */
    private int writeReports(ScannedEvent event, long millis, boolean first, PackedWriter out) {
        int written = 0;
        for (ExperimentPlan experiment : stockExperiments) {
            if (!experiment.observes(millis)) {
                continue;
            }
            if (closed[experiment.number()]) {
                late = true;
                continue;
            }
            if (first && written == 0) {
                out.writeByte(0);
            }
            written++;
            out.writeVarLong(experiment.number());
            out.writeVarLong(millis);
            out.writeVarLong(carriedVariant(experiment) + 1L);
            out.writeText(event.bytes(), event.start(FieldNumber.SHOWROOM), event.length(FieldNumber.SHOWROOM));
            writeSku(event, out);
        }
        return written;
    }

    private int carriedVariant(ExperimentPlan experiment) {
        for (int i = 0; i < exposures; i++) {
            if (experiments[i] == experiment.number()) {
                return variants[i];
            }
        }
        return -1;
    }

    private boolean isReadBy(int experiment) {
        for (int i = 0; i < slotCount; i++) {
            for (int reader : clusterReaders[slots[i]]) {
                if (reader == experiment) {
                    return true;
                }
            }
        }
        return false;
    }

    /** How many bytes the observation at that place has. */
    public static int size(byte[] bytes, int at) {
        return PackedReader.intAt(bytes, at);
    }
}
