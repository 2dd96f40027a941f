package org.showroomlab.jobs.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.ClusterStatistic;
import org.showroomlab.jobs.results.HistogramCounts;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.StockCount;
import org.showroomlab.jobs.results.UnitStatistic;

/** The pure core against a recomputation from scratch, over thousands of generated worlds. */
class ExactnessTest {
    private static final int WORLDS = 1500;
    private static final List<Experiment> EXPERIMENTS = GeneratedEvents.experiments().stream()
            .map(LoadedExperiment::experiment)
            .toList();

    /** To which most events only expose, again and again: nearly none changes anything. */
    private static final List<Experiment> ONLY_OF_PURCHASES = EXPERIMENTS.stream()
            .filter(experiment -> List.of("fourth", "sixth").contains(experiment.id()))
            .toList();

    @Test
    void everyDayEqualsARecomputationFromScratch() {
        for (long seed = 0; seed < WORLDS; seed++) {
            countedExactly(EXPERIMENTS, seed);
        }
    }

    @Test
    void repeatedExposuresCountAndChangeNothingElse() {
        long repeats = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            PureCount count = countedExactly(ONLY_OF_PURCHASES, seed);
            PureCount shuffled = new PureCount(ONLY_OF_PURCHASES, -seed);
            shuffled.deliver(GeneratedEvents.shuffled(GeneratedEvents.of(seed), seed + 1));
            assertThat(shuffled.accounting()).as("world %d", seed).isEqualTo(count.accounting());
            repeats += count.repeats();
        }
        assertThat(repeats).isGreaterThan(200);
    }

    /** What an entry says may stand at the very end of its history, and the next entry may say more. */
    @Test
    void anExposureToMoreExperimentsThanBeforeIsNoRepeat() {
        List<Experiment> both = Stream.of("ea", "eb")
                .map(id ->
                        ExperimentFiles.parse(id + ".yaml", """
                        id: %s
                        unit: visitor
                        start: 2026-01-05T00:00:00Z
                        end: 2026-01-12T00:00:00Z
                        variants: [{id: a, control: true}, {id: b}]
                        metrics:
                          - {id: bought, type: proportion, event: purchase}
                        """.formatted(id)).experiment())
                .toList();
        List<byte[]> records = Stream.of("{\"ea\":\"a\"}", "{\"ea\":\"a\",\"eb\":\"a\"}")
                .map(exposures -> ("{\"type\":\"visit\",\"id\":\"" + exposures.length()
                                + "\",\"ts\":" + (1_767_700_000_000L + exposures.length())
                                + ",\"showroom\":\"s\",\"visitor\":\"v\",\"exposures\":" + exposures + "}")
                        .getBytes(StandardCharsets.UTF_8))
                .toList();
        PureCount count = new PureCount(both, 1);
        records.forEach(record -> count.deliver(List.of(record)));
        assertThat(Cumulated.of(both, count.cells())).isEqualTo(ReferenceCount.asOfEachDay(both, records));
        assertThat(count.accounting().counted()).isEqualTo(2);
    }

    /** Two such amounts of one visitor or showroom have more than 64 bits, and Σx² of four has more than 128. */
    @Test
    void sumsAreExactHoweverLarge() {
        List<Experiment> experiments = Stream.of("visitor", "showroom")
                .map(unit -> ExperimentFiles.parse(unit + ".yaml", """
                        id: %1$s
                        unit: %1$s
                        start: 2026-01-05T00:00:00Z
                        end: 2026-01-12T00:00:00Z
                        variants: [{id: a, control: true}, {id: b}]
                        metrics:
                          - {id: paid, type: mean, event: purchase, where: {kind: sale}, value: amount_minor, subtract: {kind: refund}}
                          - {id: capped, type: mean, event: purchase, value: amount_minor, cap: 1000000000000}
                          - {id: basket, type: ratio, event: purchase, value: amount_minor, per: {event: purchase, value: amount_minor}}
                          - {id: bought, type: proportion, event: purchase, where: {kind: sale}, subtract: {kind: refund}}
                        """.formatted(unit))
                        .experiment())
                .toList();
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String kind = i % 7 == 3 || i % 10 == 4 ? "refund" : "sale";
            String variant = i % 2 == 0 ? "a" : "b";
            records.add(("{\"type\":\"purchase\",\"id\":\"" + i + "\",\"ts\":" + (1_767_700_000_000L + i * 1_000_000L)
                            + ",\"showroom\":\"s" + i % 10 + "\",\"visitor\":\"v" + i % 50
                            + "\",\"order\":\"o\",\"kind\":\"" + kind + "\",\"amount_minor\":"
                            + (i % 3 == 0 ? i : Long.MAX_VALUE - i) + ",\"exposures\":{\"visitor\":\"" + variant
                            + "\",\"showroom\":\"" + variant + "\"}}")
                    .getBytes(StandardCharsets.UTF_8));
        }
        PureCount count = new PureCount(experiments, 7);
        count.deliver(GeneratedEvents.shuffled(records, 3));
        assertThat(Cumulated.of(experiments, count.cells()))
                .isEqualTo(ReferenceCount.asOfEachDay(experiments, records));
        assertThat(count.changes())
                .filteredOn(UnitStatistic.class::isInstance)
                .map(UnitStatistic.class::cast)
                .anyMatch(row -> row.sum(UnitStatistic.Sum.YY).bitLength() > 127);
    }

    /** A count of that world, whose every day equals a recomputation. */
    private static PureCount countedExactly(List<Experiment> experiments, long seed) {
        List<byte[]> records = GeneratedEvents.of(seed);
        PureCount count = new PureCount(experiments, seed);
        count.deliver(records);
        assertThat(Cumulated.of(experiments, count.cells()))
                .as("world %d", seed)
                .isEqualTo(ReferenceCount.asOfEachDay(experiments, records));
        return count;
    }

    @Test
    void orderOfArrivalChangesNothing() {
        for (long seed = 0; seed < WORLDS; seed++) {
            List<byte[]> records = GeneratedEvents.of(seed);
            PureCount one = new PureCount(EXPERIMENTS, seed);
            one.deliver(records);
            PureCount other = new PureCount(EXPERIMENTS, -seed);
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
            PureCount one = new PureCount(EXPERIMENTS, seed);
            one.deliver(records);
            PureCount two = new PureCount(EXPERIMENTS, -seed);
            two.deliver(twice);
            assertThat(new HashSet<>(two.changes())).isEqualTo(new HashSet<>(one.changes()));
            assertThat(two.accounting().counted()).isEqualTo(one.accounting().counted());
        }
    }

    /** Worlds without trouble would prove nothing. */
    @Test
    void theWorldsHoldEveryTrouble() {
        Set<Class<?>> tables = new HashSet<>();
        long mixed = 0;
        long takenBack = 0;
        long withCovariate = 0;
        long capped = 0;
        long conflicting = 0;
        long deadLettered = 0;
        long wholeTakenOut = 0;
        long endsTakenOut = 0;
        Set<String> stock = new HashSet<>();
        for (long seed = 0; seed < WORLDS / 5; seed++) {
            PureCount count = new PureCount(EXPERIMENTS, seed);
            count.deliver(GeneratedEvents.of(seed));
            for (ResultRow row : count.changes()) {
                tables.add(row.getClass());
                if (row instanceof StockCount s) {
                    stock.add(s.kind() + (s.variant().isEmpty() ? " of no arm" : ""));
                }
                if (!(row instanceof UnitStatistic change)) {
                    continue;
                }
                mixed += change.metric().equals(UnitStatistic.MIXED) ? 1 : 0;
                takenBack += change.n() < 0 ? 1 : 0;
                withCovariate += change.sum(UnitStatistic.Sum.X).signum() != 0 ? 1 : 0;
                capped += change.sum(UnitStatistic.Sum.U).equals(change.sum(UnitStatistic.Sum.Y)) ? 0 : 1;
            }
            AccountingRow accounting = count.accounting();
            conflicting += accounting.conflictingDuplicates();
            deadLettered += accounting.deadLettered();
            wholeTakenOut += count.takenOutFrom().getOrDefault("the first", 0);
            endsTakenOut += count.takenOutFrom().getOrDefault("a later one", 0);
        }
        assertThat(List.of(
                        mixed,
                        takenBack,
                        withCovariate,
                        capped,
                        conflicting,
                        deadLettered,
                        wholeTakenOut,
                        endsTakenOut))
                .allMatch(often -> often > 50);
        assertThat(stock)
                .contains("report", "report of no arm", "preorder", "preorder of no arm", "visit", "turned_away");
        assertThat(tables)
                .containsExactlyInAnyOrder(
                        UnitStatistic.class,
                        ClusterStatistic.class,
                        HistogramCounts.class,
                        LifeTableCount.class,
                        StockCount.class);
    }

    @Test
    void theAccountingCloses() {
        for (long seed = 0; seed < WORLDS; seed++) {
            PureCount count = new PureCount(EXPERIMENTS, seed);
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
