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

import org.showroomlab.ingest.codec.Refusal;
import org.showroomlab.ingest.scan.FieldNumber;
import org.showroomlab.ingest.scan.ScannedEvent;
import org.showroomlab.jobs.packed.PackedReader;
import org.showroomlab.jobs.packed.PackedWriter;
import org.showroomlab.jobs.plan.CountingPlan;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.plan.MeasurePlan;
import org.showroomlab.jobs.plan.SlotIndex;

/**
 * Looks at an event through the loaded experiments and writes down what they need of it. Nothing is allocated per event,
 * and what no experiment needs is not written.
 */
public final class Observer {
    private final CountingPlan plan;
    private final MeasurePlan[] measures;
    private final SlotIndex slotIndex;
    private final SlotReaders visitorReaders;
    private final EventTexts texts;
    private final ClusterPart clusterPart;
    private final boolean[] closed;
    private final EventReading read;

    public Observer(CountingPlan plan) {
        this.plan = plan;
        this.measures = plan.measures().toArray(new MeasurePlan[0]);
        this.slotIndex = new SlotIndex(plan.measures());
        this.visitorReaders = new SlotReaders(
                plan.experiments().stream()
                        .filter(ExperimentPlan::countsVisitors)
                        .toList(),
                measures.length);
        this.texts = new EventTexts(plan.dimensionFields());
        this.closed = new boolean[plan.experiments().size()];
        this.clusterPart = new ClusterPart(plan, texts, closed);
        this.read = new EventReading(plan);
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
        read.clear();
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
                read.addValue(slot, reading == MeasurePlan.Reading.SUBTRACTS ? -value : value);
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
            read.unknownExposures++;
        } else if (experiment.isRunningAt(millis)) {
            if (closed[experiment.number()]) {
                read.late = true;
            } else if (experiment.countsVisitors()) {
                read.addExposure(experiment.number(), variant);
            } else {
                read.addClusterExposure(experiment.number(), variant);
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
        out.writeInt(read.unknownExposures);
        out.writeInt(0);
        int flags = 0;
        boolean hasVisitorPart = event.has(FieldNumber.VISITOR) && (read.exposures > 0 || isReadForVisitors(millis));
        if (hasVisitorPart) {
            out.writeLong(unitHigh);
            out.writeLong(unitLow);
            writeHistoryEntry(event, millis, out);
            flags |= HAS_VISITOR_PART;
        }
        int visitorEnd = out.length();
        flags |= clusterPart.write(event, read, out);
        if ((flags & COUNTS_FOR_CLUSTER) != 0 && hasVisitorPart) {
            out.bytes()[start + VISITOR_PART + 16] |= ENTRY_IS_ACCOUNTED;
        }
        if (read.late && (flags & (HAS_VISITOR_PART | HAS_CLUSTER_PART)) == 0) {
            flags |= LATE;
        }
        out.bytes()[start + ObservationLayout.FLAGS] = (byte) flags;
        out.setInt(start + ObservationLayout.VISITOR_PART_SIZE, visitorEnd - start - VISITOR_PART);
        out.setInt(start, out.length() - start);
    }

    /** Whether a visitor experiment that still counts can need one of the values at that time. */
    private boolean isReadForVisitors(long millis) {
        boolean isRead = false;
        for (int i = 0; i < read.slotCount; i++) {
            isRead |= isReadForVisitors(read.slots[i], millis);
        }
        return isRead;
    }

    private boolean isReadForVisitors(int slot, long millis) {
        for (int number : visitorReaders.of(slot)) {
            if (plan.experiments().get(number).reads(millis)) {
                if (!closed[number]) {
                    return true;
                }
                read.late = true;
            }
        }
        return false;
    }

    /** Flags; with exposures these and the dimension values; the place; then the values. */
    private void writeHistoryEntry(ScannedEvent event, long millis, PackedWriter out) {
        boolean hasPlace = hasPlace(millis);
        out.writeByte((read.exposures > 0 ? ENTRY_HAS_EXPOSURES : 0)
                | (hasPlace ? ENTRY_HAS_PLACE : 0)
                | (read.exposures > 0 && !isReadForVisitors(millis) ? ENTRY_ONLY_EXPOSES : 0));
        if (read.exposures > 0) {
            out.writeVarLong(read.exposures);
            for (int i = 0; i < read.exposures; i++) {
                out.writeVarLong(read.experiments[i]);
                out.writeVarLong(read.variants[i]);
            }
            texts.writeDimensions(event, out);
        }
        if (hasPlace) {
            EventTexts.write(event, FieldNumber.SHOWROOM, out);
            EventTexts.write(event, FieldNumber.SKU, out);
        }
        for (int i = 0; i < read.slotCount; i++) {
            if (isReadForVisitors(read.slots[i], millis)) {
                out.writeVarLong(read.slots[i]);
                out.writeSignedVarLong(read.values[i]);
            }
        }
    }

    private boolean hasPlace(long millis) {
        for (int i = 0; i < read.slotCount; i++) {
            if (plan.isPlaced(read.slots[i]) && isReadForVisitors(read.slots[i], millis)) {
                return true;
            }
        }
        return false;
    }

    /** How many bytes the observation at that place has. */
    public static int size(byte[] bytes, int at) {
        return PackedReader.intAt(bytes, at);
    }
}
