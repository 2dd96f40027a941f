package org.showroomlab.ingest.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.event.Event;

/** Nothing in the world happens before it can. */
class SimulationCausalityTest {
    private static final Set<String> FIRST_STEPS = Set.of("sale", "subscription", "preorder");
    private final NaiveReading reading = NaiveReading.of(Scenarios.world(30, 3000, 11));

    @Test
    void everyOrderBeginsWithItsFirstStepAndHasItOnce() {
        Map<String, List<Event.Purchase>> orders = reading.events.values().stream()
                .filter(e -> e instanceof Event.Purchase)
                .map(e -> (Event.Purchase) e)
                .sorted(Comparator.comparingLong(p -> p.header().timestampMillis()))
                .collect(Collectors.groupingBy(Event.Purchase::order));
        assertThat(orders).hasSizeGreaterThan(500);
        orders.values().forEach(steps -> {
            assertThat(steps.get(0).kind()).isIn(FIRST_STEPS);
            assertThat(steps.stream().filter(s -> FIRST_STEPS.contains(s.kind())))
                    .hasSize(1);
            assertThat(steps.stream().map(Event.Purchase::currency).distinct()).hasSize(1);
        });
        assertThat(orders.values().stream().flatMap(List::stream).map(Event.Purchase::kind))
                .contains("sale", "refund", "subscription", "renewal", "cancellation", "preorder", "pickup", "no_show");
    }

    @Test
    void preordersEndOnceAndOnlyAfterTheVisit() {
        reading.byVisitor.values().forEach(own -> {
            List<Event> steps = own.stream()
                    .filter(e -> e instanceof Event.Purchase p
                            && NaiveReading.lineOf(p).equals("drop"))
                    .toList();
            if (!steps.isEmpty()) {
                assertThat(steps).hasSize(2);
                assertThat(steps.get(0).header().timestampMillis())
                        .isGreaterThan(firstDropVisitMillis(own))
                        .isLessThan(steps.get(1).header().timestampMillis());
            }
        });
    }

    private static long firstDropVisitMillis(List<Event> own) {
        return own.stream()
                .filter(e -> e.header().exposures().containsKey(ExperimentIds.PREORDER_WALK_IN))
                .mapToLong(e -> e.header().timestampMillis())
                .min()
                .orElseThrow();
    }

    @Test
    void stockGoesDownOnePieceAtATimeAndNeverBelowZero() {
        Map<String, List<Event.Stock>> shelves = reading.events.values().stream()
                .filter(e -> e instanceof Event.Stock)
                .map(e -> (Event.Stock) e)
                .filter(stock -> !stock.sku().equals(ClosingCount.SKU))
                .sorted(Comparator.<Event.Stock>comparingLong(s -> s.header().timestampMillis())
                        .thenComparing(Event.Stock::onHand, Comparator.reverseOrder()))
                .collect(Collectors.groupingBy(s -> s.header().showroom() + "/" + s.sku()));
        assertThat(shelves).hasSize(2 * Showroom.ALL.size());
        shelves.forEach((shelf, counts) -> {
            for (int i = 0; i < counts.size(); i++) {
                assertThat(counts.get(i).onHand())
                        .isEqualTo(counts.get(0).onHand() - i)
                        .isNotNegative();
            }
            assertThat(preorders(shelf)).isEqualTo(counts.size() - 1);
        });
    }

    private long preorders(String shelf) {
        return reading.events.values().stream()
                .filter(e -> e instanceof Event.Purchase p
                        && p.kind().equals("preorder")
                        && (p.header().showroom() + "/" + p.sku()).equals(shelf))
                .count();
    }
}
