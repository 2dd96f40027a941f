package org.showroomlab.jobs.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.AccountingRow;

/** The pure core against a recomputation from scratch, over thousands of generated worlds. */
class ExactnessTest {
    private static final int WORLDS = 1500;
    private static final List<Experiment> EXPERIMENTS = GeneratedEvents.experiments().stream()
            .map(LoadedExperiment::experiment)
            .toList();

    @Test
    void everyDayEqualsARecomputationFromScratch() {
        for (long seed = 0; seed < WORLDS; seed++) {
            List<byte[]> records = GeneratedEvents.of(seed);
            PureCount count = new PureCount(EXPERIMENTS);
            count.deliver(records);
            assertThat(Cumulated.of(EXPERIMENTS, count.changes()))
                    .as("world %d", seed)
                    .isEqualTo(ReferenceCount.asOfEachDay(EXPERIMENTS, records));
        }
    }

    @Test
    void orderOfArrivalChangesNothing() {
        for (long seed = 0; seed < WORLDS; seed++) {
            List<byte[]> records = GeneratedEvents.of(seed);
            PureCount one = new PureCount(EXPERIMENTS);
            one.deliver(records);
            PureCount other = new PureCount(EXPERIMENTS);
            other.deliver(GeneratedEvents.shuffled(records, seed + 1));
            assertThat(new HashSet<>(other.changes())).as("world %d", seed).isEqualTo(new HashSet<>(one.changes()));
            assertThat(other.accounting()).as("world %d", seed).isEqualTo(one.accounting());
        }
    }

    @Test
    void deliveringEverythingAgainChangesOnlyTheDuplicates() {
        for (long seed = 0; seed < WORLDS / 5; seed++) {
            List<byte[]> records = GeneratedEvents.of(seed);
            List<byte[]> twice = new ArrayList<>(records);
            twice.addAll(records);
            PureCount one = new PureCount(EXPERIMENTS);
            one.deliver(records);
            PureCount two = new PureCount(EXPERIMENTS);
            two.deliver(twice);
            assertThat(new HashSet<>(two.changes())).isEqualTo(new HashSet<>(one.changes()));
            assertThat(two.accounting().counted()).isEqualTo(one.accounting().counted());
        }
    }

    @Test
    void theAccountingCloses() {
        for (long seed = 0; seed < WORLDS; seed++) {
            PureCount count = new PureCount(EXPERIMENTS);
            List<byte[]> records = GeneratedEvents.of(seed);
            count.deliver(records);
            AccountingRow a = count.accounting();
            assertThat(a.received()).isEqualTo(records.size());
            assertThat(a.counted() + a.inNoExperiment() + a.duplicates() + a.deadLettered())
                    .as("world %d: %s", seed, a)
                    .isEqualTo(a.received());
            assertThat(a.conflictingDuplicates()).isBetween(0L, a.duplicates());
        }
    }
}
