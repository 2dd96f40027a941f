package org.showroomlab.jobs.observe;

import java.util.List;
import java.util.stream.IntStream;
import org.showroomlab.jobs.plan.ExperimentPlan;

/** Which of some experiments read which value slots. */
final class SlotReaders {
    private final int[][] bySlot;

    SlotReaders(List<ExperimentPlan> experiments, int slots) {
        this.bySlot = IntStream.range(0, slots)
                .mapToObj(slot -> experiments.stream()
                        .filter(experiment -> experiment.slots().anyMatch(read -> read == slot))
                        .mapToInt(ExperimentPlan::number)
                        .toArray())
                .toArray(int[][]::new);
    }

    /** The numbers of the experiments that read the slot. */
    int[] of(int slot) {
        return bySlot[slot];
    }

    /** Whether the experiment reads any value of the event. */
    boolean readsAny(int experiment, EventReading event) {
        for (int i = 0; i < event.slotCount; i++) {
            for (int reader : bySlot[event.slots[i]]) {
                if (reader == experiment) {
                    return true;
                }
            }
        }
        return false;
    }
}
