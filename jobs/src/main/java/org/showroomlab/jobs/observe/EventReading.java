package org.showroomlab.jobs.observe;

import java.util.Arrays;
import org.showroomlab.jobs.plan.CountingPlan;

/** What the loaded experiments read in one event, before it is written. One instance serves all events of a thread. */
final class EventReading {
    /** Which visitor experiments it exposes to which variants. */
    int[] experiments = new int[16];

    int[] variants = new int[16];
    int exposures;

    /** By number of a cluster experiment, the variant + 1; 0: the event does not name the experiment. */
    final int[] clusterVariants;

    private boolean hasClusterVariants;

    /** The value slots that it feeds, ascending, and what with. */
    final int[] slots;

    final long[] values;
    int slotCount;

    int unknownExposures;

    /** An experiment whose state is released would have needed it. */
    boolean late;

    EventReading(CountingPlan plan) {
        this.clusterVariants = new int[plan.experiments().size()];
        this.slots = new int[plan.measures().size()];
        this.values = new long[plan.measures().size()];
    }

    void clear() {
        exposures = 0;
        slotCount = 0;
        unknownExposures = 0;
        late = false;
        if (hasClusterVariants) {
            Arrays.fill(clusterVariants, 0);
            hasClusterVariants = false;
        }
    }

    void addExposure(int experiment, int variant) {
        if (exposures == experiments.length) {
            experiments = Arrays.copyOf(experiments, 2 * exposures);
            variants = Arrays.copyOf(variants, 2 * exposures);
        }
        experiments[exposures] = experiment;
        variants[exposures++] = variant;
    }

    void addClusterExposure(int experiment, int variant) {
        clusterVariants[experiment] = variant + 1;
        hasClusterVariants = true;
    }

    void addValue(int slot, long value) {
        slots[slotCount] = slot;
        values[slotCount++] = value;
    }

    /** The variant that it exposes to in this visitor experiment, or −1. */
    int variantIn(int experiment) {
        for (int i = 0; i < exposures; i++) {
            if (experiments[i] == experiment) {
                return variants[i];
            }
        }
        return -1;
    }
}
