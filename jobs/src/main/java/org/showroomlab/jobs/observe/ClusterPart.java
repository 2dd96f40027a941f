package org.showroomlab.jobs.observe;

import static org.showroomlab.jobs.observe.ObservationLayout.COUNTS_FOR_CLUSTER;
import static org.showroomlab.jobs.observe.ObservationLayout.HAS_CLUSTER_PART;

import java.util.List;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.ingest.experiment.Experiment.UnitKind;
import org.showroomlab.ingest.scan.FieldNumber;
import org.showroomlab.ingest.scan.ScannedEvent;
import org.showroomlab.jobs.packed.PackedWriter;
import org.showroomlab.jobs.plan.CountingPlan;
import org.showroomlab.jobs.plan.ExperimentPlan;

/**
 * Writes what the experiments on caches and showrooms, and those that follow stock, need of an event.
 *
 * <pre>
 * byte  number of units that the event belongs to
 *       per unit: experiment, period (of a stock report: milliseconds), variant + 1 or 0, cluster's name
 *                 (of a stock report: the showroom's and the product's)
 *       number of values; per value: slot, value
 *       per dimension slot: length + 1 or 0, text
 * </pre>
 */
final class ClusterPart {
    /** Their number is a byte. */
    private static final int MAX_UNITS = 255;

    private final List<ExperimentPlan> clusterExperiments;
    private final List<ExperimentPlan> stockExperiments;
    private final SlotReaders readers;
    private final EventTexts texts;
    private final boolean[] closed;

    /** @param closed by number of the experiment, whether its state is released; the caller keeps it up to date */
    ClusterPart(CountingPlan plan, EventTexts texts, boolean[] closed) {
        this.clusterExperiments = plan.experiments().stream()
                .filter(experiment -> !experiment.countsVisitors())
                .toList();
        this.stockExperiments = plan.experiments().stream()
                .filter(experiment -> experiment.stock().countsReports())
                .toList();
        this.readers = new SlotReaders(clusterExperiments, plan.measures().size());
        this.texts = texts;
        this.closed = closed;
    }

    /** Appends the part if an experiment needs one; gives its flags. */
    int write(ScannedEvent event, EventReading read, PackedWriter out) {
        boolean isReport = event.type() == EventType.STOCK && !stockExperiments.isEmpty();
        if (clusterExperiments.isEmpty() && !isReport) {
            return 0;
        }
        int start = out.length();
        out.writeByte(0);
        int units = 0;
        int flags = 0;
        for (ExperimentPlan experiment : clusterExperiments) {
            int unitFlags = writeUnit(experiment, event, read, out);
            units += unitFlags == 0 ? 0 : 1;
            flags |= unitFlags;
        }
        if (isReport) {
            int reports = writeReports(event, read, out);
            units += reports;
            flags |= reports > 0 ? HAS_CLUSTER_PART | COUNTS_FOR_CLUSTER : 0;
        }
        if (units == 0) {
            out.truncate(start);
            return 0;
        }
        if (units > MAX_UNITS) {
            throw new IllegalStateException("more than 255 experiments on caches and showrooms at once");
        }
        out.bytes()[start] = (byte) units;
        out.writeVarLong(read.slotCount);
        for (int i = 0; i < read.slotCount; i++) {
            out.writeVarLong(read.slots[i]);
            out.writeSignedVarLong(read.values[i]);
        }
        texts.writeDimensions(event, out);
        return flags;
    }

    private int writeUnit(ExperimentPlan experiment, ScannedEvent event, EventReading read, PackedWriter out) {
        int field = experiment.unit() == UnitKind.CACHE ? FieldNumber.CACHE : FieldNumber.SHOWROOM;
        long period = event.has(field) ? experiment.countedPeriod(event.timestampMillis()) : -1;
        if (period < 0) {
            return 0;
        }
        int variant = read.clusterVariants[experiment.number()];
        boolean isRead = readers.readsAny(experiment.number(), read);
        if (closed[experiment.number()]) {
            read.late |= isRead;
            return 0;
        }
        out.writeVarLong(experiment.number());
        out.writeVarLong(period);
        out.writeVarLong(variant);
        out.writeText(event.bytes(), event.start(field), event.length(field));
        return HAS_CLUSTER_PART | (variant > 0 || isRead ? COUNTS_FOR_CLUSTER : 0);
    }

    /** A stock report, for every experiment that counts them; gives how many do. */
    private int writeReports(ScannedEvent event, EventReading read, PackedWriter out) {
        long millis = event.timestampMillis();
        int written = 0;
        for (ExperimentPlan experiment : stockExperiments) {
            if (!experiment.observes(millis)) {
                continue;
            }
            if (closed[experiment.number()]) {
                read.late = true;
                continue;
            }
            written++;
            out.writeVarLong(experiment.number());
            out.writeVarLong(millis);
            out.writeVarLong(read.variantIn(experiment.number()) + 1L);
            EventTexts.write(event, FieldNumber.SHOWROOM, out);
            EventTexts.write(event, FieldNumber.SKU, out);
        }
        return written;
    }
}
