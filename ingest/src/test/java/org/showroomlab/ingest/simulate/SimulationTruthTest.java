package org.showroomlab.ingest.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.ingest.event.Event;

/**
 * Over forty seeds, naively recomputed differences cover the truth. The Monte-Carlo band of 40 intervals at 95 % is
 * 35 to 40 (binomial, fewer with probability .014); the mean of 40 standardised errors is beyond ±0.41 with probability .01, which is the
 * sharper check of a truth that is a little off.
 */
class SimulationTruthTest {
    private static final int SEEDS = 40;
    private static final int VISITORS = 1500;
    private static final int DAYS = 40;
    private static final int LEAST_COVERING = 35;
    private static final double LARGEST_MEAN_ERROR = 0.41;
    private static final double Z = 1.96;

    private record Case(
            String experiment,
            String metric,
            List<String> variants,
            int windowHours,
            ToDoubleFunction<List<Event>> value) {}

    private static final class Tally {
        int covering;
        double errors;
    }

    @TempDir
    Path folder;

    @Test
    void naiveDifferencesCoverTheTruth() throws IOException {
        Map<String, Tally> tallies = tallies(cases(), """
                experiments: [aa-checkout, creator-page, sub-price, preorder-walk-in]
                shop: {visits_before: 1, visits_after: 2}
                preorder_walk_in: {participant_share: 0.8, allotment_small: 8, allotment_large: 12}
                """);
        assertThat(tallies).hasSize(16);
        assertCovered(tallies);
    }

    @Test
    void sharedStockIsCoveredTooAndSellsTheSameWhateverTheArmsShow() throws IOException {
        String scenario = """
                experiments: [preorder-walk-in]
                shop: {visits_before: 0, visits_after: 0}
                preorder_walk_in: {participant_share: 0.8, allotment_small: 4, allotment_large: 4, demand_small: 0.3, demand_large: 0.6, shared_stock: 1}
                """;
        List<Case> picked =
                cases().stream().filter(c -> c.metric().equals("picked_up")).toList();
        assertCovered(tallies(picked, scenario));
        JsonNode truth = new ObjectMapper()
                .readTree(Scenarios.world(folder, DAYS, VISITORS, 1, scenario).truthJson())
                .get(ExperimentIds.PREORDER_WALK_IN);
        assertThat(truth.at("/metrics/preordered/large").asDouble()).isGreaterThan(0.04);
        assertThat(truth.at("/analysis/preorder_walk_in/sales_effect/estimate").asDouble())
                .isBetween(0.0, 0.01);
    }

    private Map<String, Tally> tallies(List<Case> cases, String scenario) throws IOException {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            Simulation world = Scenarios.world(folder, DAYS, VISITORS, seed, scenario);
            JsonNode truth = new ObjectMapper().readTree(world.truthJson());
            NaiveReading reading = NaiveReading.of(world);
            for (Case c : cases) {
                tally(tallies, c, reading, truth);
            }
        }
        return tallies;
    }

    private static void assertCovered(Map<String, Tally> tallies) {
        tallies.forEach((name, tally) -> {
            assertThat(tally.covering).as("intervals that cover %s", name).isGreaterThanOrEqualTo(LEAST_COVERING);
            assertThat(tally.errors / SEEDS)
                    .as("mean standardised error of %s", name)
                    .isBetween(-LARGEST_MEAN_ERROR, LARGEST_MEAN_ERROR);
        });
    }

    private static void tally(Map<String, Tally> tallies, Case c, NaiveReading reading, JsonNode truth) {
        Map<String, SummaryStatistics> arms =
                reading.byVariant(c.experiment(), c.variants(), c.windowHours(), c.value());
        SummaryStatistics control = arms.getOrDefault(c.variants().get(0), new SummaryStatistics());
        for (String variant : c.variants().subList(1, c.variants().size())) {
            SummaryStatistics arm = arms.getOrDefault(variant, new SummaryStatistics());
            double expected = truth.at("/" + c.experiment() + "/metrics/" + c.metric() + "/" + variant)
                    .asDouble(Double.NaN);
            double error = (arm.getMean() - control.getMean() - expected)
                    / Math.sqrt(arm.getVariance() / arm.getN() + control.getVariance() / control.getN());
            Tally tally =
                    tallies.computeIfAbsent(c.experiment() + " " + c.metric() + " " + variant, name -> new Tally());
            tally.covering += Math.abs(error) < Z ? 1 : 0;
            tally.errors += error;
        }
    }

    private static List<Case> cases() {
        Quarter quarter = new Quarter(DAYS);
        int shop = quarter.shopWindowHours();
        int window = quarter.windowDays() * 24;
        int drop = quarter.dropWindowHours();
        List<String> checkout = List.of("current", "same");
        List<String> page = List.of("catalogue", "story");
        List<String> prices = List.of("p499", "p599", "p699");
        List<String> allotments = List.of("small", "large");
        return List.of(
                new Case("aa-checkout", "spend", checkout, shop, own -> Math.min(20_000, netShop(own))),
                new Case(
                        "aa-checkout",
                        "conversion",
                        checkout,
                        shop,
                        has(e -> NaiveReading.isPurchase(e, "shop", "sale"))),
                new Case("aa-checkout", "basket", checkout, shop, SimulationTruthTest::aboveMeanPrice),
                new Case(
                        "creator-page", "conversion", page, shop, has(e -> NaiveReading.isPurchase(e, "shop", "sale"))),
                new Case("creator-page", "revenue", page, shop, SimulationTruthTest::netShop),
                new Case("creator-page", "visits", page, shop, own -> count(own, e -> e instanceof Event.Visit)),
                new Case("sub-price", "conversion", prices, window, has(e -> kind(e, "subscription"))),
                new Case("sub-price", "revenue", prices, window, SimulationTruthTest::netSubscription),
                new Case("sub-price", "renewals", prices, window, own -> count(own, e -> kind(e, "renewal"))),
                new Case("preorder-walk-in", "picked_up", allotments, drop, has(e -> kind(e, "pickup"))),
                new Case("preorder-walk-in", "preordered", allotments, drop, has(e -> kind(e, "preorder"))),
                new Case(
                        "preorder-walk-in",
                        "cancelled",
                        allotments,
                        drop,
                        has(e -> NaiveReading.isPurchase(e, "drop", "cancellation"))),
                new Case("preorder-walk-in", "no_show", allotments, drop, has(e -> kind(e, "no_show"))));
    }

    private static ToDoubleFunction<List<Event>> has(Predicate<Event> wanted) {
        return own -> own.stream().anyMatch(wanted) ? 1 : 0;
    }

    private static double count(List<Event> own, Predicate<Event> wanted) {
        return own.stream().filter(wanted).count();
    }

    private static boolean kind(Event event, String kind) {
        return event instanceof Event.Purchase purchase && purchase.kind().equals(kind);
    }

    /** Zero on average exactly when money per piece is the shelf's mean price. */
    private static double aboveMeanPrice(List<Event> own) {
        double pieces = own.stream()
                .filter(e -> NaiveReading.isPurchase(e, "shop", "sale"))
                .map(e -> (Event.Purchase) e)
                .filter(p -> "EUR".equals(p.currency()))
                .mapToDouble(p -> p.quantityMicros() / 1e6)
                .sum();
        return sum(own, "shop", "sale") - Product.meanPriceMinor() * pieces;
    }

    private static double netShop(List<Event> own) {
        return sum(own, "shop", "sale") - sum(own, "shop", "refund");
    }

    private static double netSubscription(List<Event> own) {
        return sum(own, "subscription", "subscription")
                + sum(own, "subscription", "renewal")
                - sum(own, "subscription", "refund");
    }

    private static double sum(List<Event> own, String line, String kind) {
        return own.stream()
                .filter(e -> NaiveReading.isPurchase(e, line, kind))
                .map(e -> (Event.Purchase) e)
                .filter(p -> "EUR".equals(p.currency()))
                .mapToLong(p -> p.amountMinor().orElse(0))
                .sum();
    }
}
