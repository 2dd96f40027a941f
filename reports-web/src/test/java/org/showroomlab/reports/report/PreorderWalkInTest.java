package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.StockCount;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.special.PreorderWalkIn;
import org.showroomlab.reports.store.Store;
import org.showroomlab.stats.demand.CensoredBinomial;
import org.showroomlab.stats.demand.FixedSales;
import org.showroomlab.stats.survival.CurveTest;
import org.showroomlab.stats.survival.GrayTest;
import org.showroomlab.stats.survival.IncidenceCurve;
import org.showroomlab.stats.survival.LifeTable;
import org.showroomlab.stats.survival.RestrictedMean;
import org.showroomlab.stats.verdict.Decision;

class PreorderWalkInTest {
    private static final LoadedExperiment DROP = ExperimentFiles.parse("drop.yaml", """
            id: drop
            name: Lamp drop
            analysis: preorder_walk_in
            start: 2026-01-05T00:00:00Z
            end: 2026-01-07T00:00:00Z
            observe_until: 2026-01-08T00:00:00Z
            variants:
              - {id: small, weight: 1, control: true, allotment: 20}
              - {id: large, weight: 1, allotment: 40}
            metrics:
              - {id: picked_up, type: proportion, event: purchase, where: {kind: pickup}, window_hours: 24, role: primary}
              - {id: preordered, type: proportion, event: purchase, where: {kind: preorder}, window_hours: 24, role: secondary}
            dimensions: [showroom]
            """);
    private static final String ENDED = "2026-01-09T00:00:00Z";

    private final List<ResultRow> rows = new ArrayList<>(List.of(Samples.accounting("events.ndjson", ENDED)));

    private void life(String variant, String origin, long entryBin, String kind, long bin, long n) {
        rows.add(new LifeTableCount("drop", variant, origin, entryBin, kind, bin, Samples.DAY, n));
    }

    private void arm(String variant, long exposed, long[][] ends) {
        rows.add(Samples.statistic("drop", "", variant, Samples.DAY, exposed, 0));
        life(variant, "exposure", 0, "entered", 0, exposed);
        String[] kinds = {"picked_up", "cancelled", "no_show"};
        for (long[] end : ends) {
            life(variant, "exposure", 0, kinds[(int) end[0]], end[1], end[2]);
        }
    }

    /** Of those exposed, this many preordered in a showroom, and all over one bin. */
    private void preorders(String variant, String showroom, long exposed, long sold) {
        rows.add(Samples.statistic(
                "drop", "preordered", variant, "showroom", showroom, Samples.DAY, exposed, sold, sold, sold));
    }

    private <T> T read(java.util.function.Function<Store, T> reading) {
        try (Store store = Store.inMemory()) {
            store.replace(List.of(DROP), rows);
            return reading.apply(store);
        }
    }

    private PreorderWalkIn reading() {
        var analysis = read(store -> ReportAssembler.assemble(store, "drop")).analysis();
        if (analysis == null) {
            throw new AssertionError("no analysis");
        }
        return (PreorderWalkIn) analysis.orElseThrow();
    }

    private JsonNode json() {
        return read(store -> {
            try {
                return new ObjectMapper()
                        .readTree(Reports.render(store, "drop", Format.JSON))
                        .path("analysis")
                        .path("preorder_walk_in");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private String rendered(Format format) {
        return new String(read(store -> Reports.render(store, "drop", format)), StandardCharsets.UTF_8);
    }

    private static LifeTable table(double[][] times) {
        Map<Double, LifeTable.Counts> counts = new TreeMap<>();
        Arrays.stream(times)
                .forEach(t -> counts.put(t[0], new LifeTable.Counts((long) t[1], (long) t[2], (long) t[3])));
        return LifeTable.of(counts);
    }

    private void twoArms() {
        // bins of a quarter of an hour: start to observe_until is three days
        arm("small", 100, new long[][] {{0, 3, 10}, {1, 7, 5}, {0, 11, 6}, {2, 95, 4}});
        arm("large", 120, new long[][] {{0, 3, 20}, {1, 7, 6}, {0, 11, 9}, {2, 95, 5}});
    }

    @Test
    void incidenceAndTestsAreThoseOfTheStatisticsOnTheSameTimes() {
        twoArms();
        PreorderWalkIn reading = reading();
        LifeTable small =
                table(new double[][] {{1, 10, 0, 0}, {2, 0, 5, 0}, {3, 6, 0, 0}, {24, 0, 4, 0}, {72, 0, 0, 75}});
        LifeTable large =
                table(new double[][] {{1, 20, 0, 0}, {2, 0, 6, 0}, {3, 9, 0, 0}, {24, 0, 5, 0}, {72, 0, 0, 80}});
        IncidenceCurve curve = IncidenceCurve.of(small).orElseThrow();
        List<PreorderWalkIn.Incidence> incidence =
                reading.arms().get(0).incidence().orElseThrow();
        assertThat(incidence).hasSize(5);
        assertThat(json().path("incidence_basis").asText()).contains("before that many hours");
        for (PreorderWalkIn.Incidence point : incidence) {
            assertThat(point.pickedUp()).isCloseTo(curve.at(point.hours()).incidence(), within(1e-12));
            assertThat(point.cancelled() + point.noShow())
                    .isCloseTo(curve.at(point.hours()).competingIncidence(), within(1e-12));
            assertThat(point.waiting()).isCloseTo(curve.at(point.hours()).survival(), within(1e-12));
        }
        CurveTest gray = reading.contrasts().get(0).gray().orElseThrow();
        assertThat(gray).isEqualTo(GrayTest.test(small, large).orElseThrow());
    }

    @Test
    void meanTimeWithoutPickUpKeepsWhoCancelledWaiting() {
        twoArms();
        PreorderWalkIn reading = reading();
        assertThat(reading.tauHours()).isEqualTo(24);
        // 10 wait 3.5 bins, 6 wait 11.5 bins, 84 all of the 24 hours
        PreorderWalkIn.Level level = reading.arms().get(0).rmst().orElseThrow();
        assertThat(level.estimate()).isCloseTo((10 * 0.875 + 6 * 2.875 + 84 * 24) / 100, within(1e-9));
        RestrictedMean direct = RestrictedMean.of(
                IncidenceCurve.of(table(new double[][] {{0.875, 10, 0, 0}, {2.875, 6, 0, 0}, {71.875, 0, 0, 84}}))
                        .orElseThrow(),
                24);
        assertThat(level.stdError()).isCloseTo(direct.stdError(), within(1e-12));
    }

    /** Small opened 12 hours before the end: nobody can have been seen for the 24 hours of tau. */
    @Test
    void whoWasNotSeenUpToTauIsSaid() {
        twoArms();
        assertThat(json().path("arms").get(0).path("rmst_hours").has("note")).isFalse();
        assertThat(json().path("rmst_difference").has("note")).isFalse();
        rows.subList(1, rows.size()).clear();
        rows.add(Samples.statistic("drop", "", "small", Samples.DAY, 10, 0));
        life("small", "exposure", 240, "entered", 0, 10);
        life("small", "exposure", 240, "picked_up", 1, 4);
        arm("large", 120, new long[][] {{0, 3, 20}});
        JsonNode json = json();
        assertThat(json.path("arms").get(0).path("rmst_hours").path("note").asText())
                .isEqualTo(
                        "Nobody was seen for more than 11.875 hours; from there on nobody is taken to pick up any more.");
        assertThat(json.path("arms").get(1).path("rmst_hours").has("note")).isFalse();
        assertThat(json.path("rmst_difference").path("note").asText()).contains("rmst_hours");
        assertThat(json.path("comparisons").get(0).path("rmst_difference").has("note"))
                .isTrue();
        assertThat(rendered(Format.HTML)).contains("Nobody of small was seen for more than 11.9");
    }

    @Test
    void oneMinusKaplanMeierWouldSayMore() {
        arm("small", 100, new long[][] {{1, 0, 40}, {0, 4, 30}});
        arm("large", 100, new long[][] {{0, 4, 30}});
        PreorderWalkIn reading = reading();
        List<PreorderWalkIn.Incidence> incidence =
                reading.arms().get(0).incidence().orElseThrow();
        // 1 − KM with the cancelled as censored: 30 of the 60 that are left
        assertThat(incidence.get(incidence.size() - 1).pickedUp()).isCloseTo(0.3, within(1e-12));
    }

    @Test
    void whoCameLateIsCensoredByTheBinOfEntry() {
        arm("small", 10, new long[][] {{0, 0, 2}});
        life("small", "exposure", 280, "entered", 0, 10);
        life("small", "exposure", 280, "picked_up", 1, 1);
        arm("large", 10, new long[][] {{0, 0, 2}});
        List<PreorderWalkIn.Incidence> incidence =
                reading().arms().get(0).incidence().orElseThrow();
        // 288 bins: those of bin 280 are seen for 7 more
        assertThat(incidence.stream().map(PreorderWalkIn.Incidence::hours)).containsExactly(0.25, 0.5, 2.0, 72.0);
        assertThat(incidence.get(1).pickedUp()).isCloseTo(0.1 + 0.9 / 18, within(1e-12));
    }

    @Test
    void demandIsMoreThanSalesWhereTheAllotmentRanOut() {
        twoArms();
        for (String variant : List.of("small", "large")) {
            life(variant, "preorder", 0, "entered", 0, 40);
        }
        preorders("small", "lisboa", 60, 20);
        preorders("small", "porto", 40, 10);
        preorders("large", "lisboa", 70, 20);
        preorders("large", "porto", 50, 15);
        PreorderWalkIn.Contrast contrast = reading().contrasts().get(0);
        assertThat(contrast.sales().orElseThrow().estimate()).isCloseTo(40 / 120.0 - 40 / 100.0, within(1e-12));
        // small sold out in lisboa: its demand is above 30 %, that of large is 35 of 120
        assertThat(contrast.demand().orElseThrow().estimate()).isLessThan(35 / 120.0 - 30 / 100.0);
        JsonNode json = json();
        assertThat(json.path("stock")).hasSize(4);
        assertThat(json.path("stock").get(0).path("sold").asInt()).isEqualTo(20);
        assertThat(json.path("stock").get(0).path("sold_out_at").isNull()).isTrue();
        assertThat(json.path("stock").get(0).path("reason").asText()).contains("never reported");
        assertThat(json.path("arms").get(0).path("pieces").asInt()).isEqualTo(40);
        assertThat(json.path("arms")
                        .get(0)
                        .path("burn_down")
                        .get(0)
                        .path("preordered")
                        .asInt())
                .isEqualTo(40);
    }

    /** Small sold all of its 20 pieces in lisboa; that is 20 of its 25 preorders. */
    @Test
    void intervalsKnowThatSalesEndAtTheStock() {
        twoArms();
        life("small", "preorder", 0, "entered", 0, 25);
        life("large", "preorder", 0, "entered", 0, 40);
        preorders("small", "lisboa", 60, 20);
        preorders("small", "porto", 40, 5);
        preorders("large", "lisboa", 70, 20);
        preorders("large", "porto", 50, 20);
        PreorderWalkIn reading = reading();
        assertThat(reading.arms().stream().map(PreorderWalkIn.Arm::soldOutShare))
                .containsExactly(0.8, 0.0);
        // without reports of stock a showroom counts as limited from 9 in 10 pieces on
        double demand = CensoredBinomial.of(
                        List.of(new CensoredBinomial.Place(60, 18, true), new CensoredBinomial.Place(40, 5, false)))
                .orElseThrow()
                .share();
        FixedSales small = FixedSales.of(
                100,
                25,
                List.of(
                        new FixedSales.Place(60, 20, OptionalLong.of(20), true),
                        new FixedSales.Place(40, 5, OptionalLong.of(20), false)),
                OptionalDouble.of(demand));
        PreorderWalkIn.Contrast contrast = reading.contrasts().get(0);
        double large = 40 / 120.0;
        assertThat(contrast.sales().orElseThrow().stdError())
                .isCloseTo(
                        Math.sqrt(small.variance(0.25, 0.25 * 0.75 / 100) + large * (1 - large) / 120), within(1e-12));
        large = 29 / 120.0;
        assertThat(contrast.pickedUp().orElseThrow().stdError())
                .isCloseTo(
                        Math.sqrt(small.variance(0.16, 0.16 * 0.84 / 100) + large * (1 - large) / 120), within(1e-12));
        RestrictedMean independent = RestrictedMean.of(
                IncidenceCurve.of(table(new double[][] {{0.875, 10, 0, 0}, {2.875, 6, 0, 0}, {71.875, 0, 0, 84}}))
                        .orElseThrow(),
                24);
        double variance = small.variance(24 - independent.mean(), independent.stdError() * independent.stdError());
        double stdError = reading.arms().get(0).rmst().orElseThrow().stdError();
        assertThat(stdError).isCloseTo(Math.sqrt(variance), within(1e-12)).isLessThan(independent.stdError());
        assertThat(json().path("arms")
                        .get(0)
                        .path("preordered_where_sold_out_share")
                        .asDouble())
                .isEqualTo(0.8);
        assertThat(rendered(Format.HTML)).contains("80.0 % of those of small", "The interval knows of the stock");
    }

    /** More pick-ups than orders: there are ways to pick up without an order, and the stock of orders says nothing of them. */
    @Test
    void pickUpsWithoutOrdersAreNotFixedByTheStock() {
        twoArms();
        life("small", "preorder", 0, "entered", 0, 10);
        life("large", "preorder", 0, "entered", 0, 40);
        preorders("small", "lisboa", 60, 20);
        preorders("large", "lisboa", 70, 20);
        assertThat(reading().arms().get(0).soldOutShare()).isZero();
    }

    @Test
    void armsThatTookEachOthersPiecesBlockTheVerdict() {
        twoArms();
        preorders("small", "lisboa", 60, 28);
        preorders("large", "lisboa", 70, 32);
        Report report = read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().decision()).isEqualTo(Decision.BLOCKED);
        assertThat(report.verdict().reasons().get(0).code()).isEqualTo("shared_stock_sold_out");
        assertThat(json().path("sales_effect").path("reason_code").asText()).isEqualTo("shared_stock_sold_out");
    }

    @Test
    void armsWithPiecesOfTheirOwnMaySellOut() {
        twoArms();
        preorders("small", "lisboa", 60, 20);
        preorders("large", "lisboa", 70, 40);
        Report report = read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().reasons()).noneMatch(reason -> reason.code().equals("shared_stock_sold_out"));
        assertThat(json().path("demand_effect").path("reason_code").asText()).isEqualTo("all_sold_out");
    }

    private void stock(String kind, String sku, String variant, String at, long onHand, long n, long pieces) {
        rows.add(new StockCount(
                "drop",
                kind,
                "lisboa",
                sku,
                variant,
                Instant.parse(at).toEpochMilli(),
                onHand,
                Samples.DAY,
                n,
                BigInteger.valueOf(1_000_000 * pieces)));
    }

    private void reserved(String sku, String variant) {
        stock("report", sku, variant, "2026-01-05T08:00:00Z", 3, 1, 0);
        stock("report", sku, variant, "2026-01-05T09:00:00.500Z", 0, 1, 0);
        stock("report", sku, variant, "2026-01-05T09:30:00Z", 1, 1, 0); // one came back
        stock("report", sku, variant, "2026-01-05T10:00:00.250Z", 1, 1, 0); // two in the same instant, and the shelf
        stock("report", sku, variant, "2026-01-05T10:00:00.250Z", 0, 1, 0); // is empty after the second
        stock("report", sku, variant, "2026-01-05T20:00:00Z", 0, 2, 0);
    }

    @Test
    void aShelfHasSoldOutSinceTheFirstOfItsLastReportsOfNothing() {
        twoArms();
        reserved("lamp-s", "small");
        stock("preorder", "lamp-s", "small", "2026-01-05T09:00:00Z", 0, 2, 3);
        stock("preorder", "lamp-s", "", "2026-01-05T09:10:00Z", 0, 1, 1); // saw both arms, took a piece all the same
        stock("report", "lamp-l", "large", "2026-01-05T08:00:00Z", 9, 1, 0);
        stock("visit", "", "small", "2026-01-05T10:00:00Z", 0, 4, 0); // the minute in which it sold out
        stock("visit", "", "small", "2026-01-05T10:01:00Z", 0, 5, 0);
        stock("visit", "", "small", "2026-01-06T10:01:00Z", 0, 2, 0);
        JsonNode lines = json().path("stock");
        assertThat(lines).hasSize(2);
        JsonNode large = lines.get(0);
        assertThat(large.path("sku").asText()).isEqualTo("lamp-l");
        assertThat(large.path("sold").asInt()).isZero();
        assertThat(large.path("on_hand").asInt()).isEqualTo(9);
        assertThat(large.path("sold_out_at").isNull()).isTrue();
        assertThat(large.path("reason").asText()).contains("some are left");
        JsonNode small = lines.get(1);
        assertThat(small.path("variant").asText()).isEqualTo("small");
        assertThat(small.path("allotment").asInt()).isEqualTo(20);
        assertThat(small.path("sold").asInt()).isEqualTo(4);
        assertThat(small.path("sell_through").asDouble()).isEqualTo(0.2);
        assertThat(small.path("sold_out_at").asText()).isEqualTo("2026-01-05T10:00:00.250Z");
        assertThat(small.path("hours_to_sold_out").asDouble()).isCloseTo(10 + 0.25 / 3600, within(1e-9));
        assertThat(small.path("turned_away").asInt()).isEqualTo(7);
        assertThat(small.has("reason")).isFalse();
    }

    @Test
    void aStorefrontThatReportsItsSoldOutPageTellsWhoWasTurnedAway() {
        twoArms();
        reserved("lamp-s", "small");
        stock("visit", "", "small", "2026-01-05T10:01:00Z", 0, 5, 0);
        stock("turned_away", "", "small", "2026-01-05T10:01:00Z", 0, 2, 0);
        assertThat(json().path("stock").get(0).path("turned_away").asInt()).isEqualTo(2);
    }

    @Test
    void armsThatBothOrderFromOneShelfUntilItIsEmptyBlockTheVerdict() {
        twoArms();
        reserved("lamp", "");
        stock("preorder", "lamp", "small", "2026-01-05T09:00:00Z", 0, 2, 2);
        stock("preorder", "lamp", "large", "2026-01-05T09:10:00Z", 0, 1, 1);
        Report report = read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().reasons().get(0).code()).isEqualTo("shared_stock_sold_out");
        assertThat(report.verdict().reasons().get(0).text()).contains("lisboa/lamp");
        assertThat(json().path("stock"))
                .hasSize(2)
                .allMatch(line -> line.path("shared").asBoolean());
    }

    /** Both arms order from one shelf, which is empty from 10:00 on: at the end of the fortieth quarter of an hour. */
    private void sharedShelf() {
        arm("small", 60, new long[][] {{0, 3, 9}});
        arm("large", 80, new long[][] {{0, 3, 8}});
        life("small", "exposure", 39, "entered", 0, 40);
        life("small", "exposure", 40, "entered", 0, 100);
        life("large", "exposure", 50, "entered", 0, 80);
        reserved("lamp", "");
        preorders("small", "lisboa", 100, 9);
        preorders("large", "lisboa", 120, 8);
        stock("preorder", "lamp", "small", "2026-01-05T09:00:00Z", 0, 9, 9);
        stock("preorder", "lamp", "large", "2026-01-05T09:10:00Z", 0, 8, 8);
    }

    /** What they bought is the stock's doing; what they wanted shows while there is some. */
    @Test
    void whereArmsSharedWhatRanOutDemandIsThatOfThoseWhoCameBefore() {
        sharedShelf();
        JsonNode json = json();
        assertThat(json.path("sales_effect").path("estimate").isNull()).isTrue();
        JsonNode demand = json.path("demand_effect");
        // a half of either arm came before: of 100 exposed in lisboa 50, of 120 60
        assertThat(demand.path("estimate").asDouble()).isCloseTo(8.0 / 60 - 9.0 / 50, within(1e-9));
        assertThat(demand.path("std_error").asDouble())
                .isCloseTo(Math.sqrt(8.0 * 52 / 60 / 60 / 60 + 9.0 * 41 / 50 / 50 / 50), within(1e-6));
        assertThat(rendered(Format.HTML)).contains("Where the arms shared what ran out, of those who came before");
    }

    @Test
    void aSecondProductHidesWhoCameBeforeASharedShelfWasEmpty() {
        sharedShelf();
        stock("report", "shade", "small", "2026-01-05T08:00:00Z", 9, 1, 0);
        JsonNode demand = json().path("demand_effect");
        assertThat(demand.path("estimate").isNull()).isTrue();
        assertThat(demand.path("reason_code").asText()).isEqualTo("shared_stock_sold_out");
        assertThat(demand.path("reason").asText()).contains("one product per showroom");
    }

    /** An owner need not count preorders by showroom for it. */
    @Test
    void whereNothingRanOutDemandIsThatOfEverybody() {
        twoArms();
        life("small", "preorder", 3, "entered", 0, 20);
        life("large", "preorder", 5, "entered", 0, 36);
        stock("preorder", "lamp", "small", "2026-01-05T09:00:00Z", 0, 20, 20);
        stock("report", "lamp", "", "2026-01-05T08:00:00Z", 9, 1, 0);
        assertThat(json().path("demand_effect").path("estimate").asDouble()).isCloseTo(0.3 - 0.2, within(1e-9));
        stock("report", "lamp", "", "2026-01-05T10:00:00Z", 0, 1, 0);
        assertThat(json().path("demand_effect").path("reason").asText()).contains("showroom");
    }

    @Test
    void ofOneShowroomThatAllCameToNoSlicesAreNeeded() {
        sharedShelf();
        rows.removeIf(row ->
                row instanceof UnitStatistic statistic && statistic.dimension().equals("showroom"));
        life("small", "preorder", 3, "entered", 0, 9);
        life("large", "preorder", 5, "entered", 0, 8);
        JsonNode demand = json().path("demand_effect");
        // of 200 and 160 exposed a half came before
        assertThat(demand.path("estimate").asDouble()).isCloseTo(8.0 / 80 - 9.0 / 100, within(1e-9));
    }

    @Test
    void piecesThatGoWithoutAnyStockReportBlockTheVerdict() {
        twoArms();
        life("small", "preorder", 0, "entered", 0, 40);
        Report report = read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().decision()).isEqualTo(Decision.BLOCKED);
        assertThat(report.verdict().reasons()).anyMatch(reason -> reason.code().equals("stock_not_reported"));
    }

    /** Of so many exposed, these bought one piece each. */
    private void channel(String metric, String variant, long exposed, long bought) {
        rows.add(Samples.statistic(
                "drop",
                metric,
                variant,
                "",
                "",
                Samples.DAY,
                exposed,
                bought,
                1_000_000 * bought,
                1_000_000_000_000L * bought));
    }

    @Test
    void aGainOnlineThatTheShowroomsLostIsShiftedNotAdded() {
        twoArms();
        channel("*drop.online", "small", 100, 20);
        channel("*drop.online", "large", 120, 60);
        channel("*drop.walk_in", "small", 100, 60);
        channel("*drop.walk_in", "large", 120, 36);
        channel("*drop.all_channels", "small", 100, 80);
        channel("*drop.all_channels", "large", 120, 96);
        JsonNode channels = json().path("channels");
        assertThat(channels.path("arms").get(1).path("walk_in").path("units").asInt())
                .isEqualTo(36);
        JsonNode comparison = channels.path("comparisons").get(0);
        assertThat(comparison.path("online").path("estimate").asDouble()).isCloseTo(0.3, within(1e-12));
        assertThat(comparison.path("walk_in").path("estimate").asDouble()).isCloseTo(-0.3, within(1e-12));
        assertThat(comparison.path("total").path("estimate").asDouble()).isCloseTo(0, within(1e-12));
        assertThat(comparison.path("warning").path("code").asText()).isEqualTo("shifted_not_added");
        Report report = read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().reasons()).anyMatch(reason -> reason.code().equals("shifted_not_added"));
    }

    @Test
    void aGainThatNobodyLostIsNotShifted() {
        twoArms();
        channel("*drop.online", "small", 100, 20);
        channel("*drop.online", "large", 120, 60);
        channel("*drop.walk_in", "small", 100, 20);
        channel("*drop.walk_in", "large", 120, 24);
        channel("*drop.all_channels", "small", 100, 40);
        channel("*drop.all_channels", "large", 120, 84);
        JsonNode comparison = json().path("channels").path("comparisons").get(0);
        assertThat(comparison.path("warning").isNull()).isTrue();
    }

    @Test
    void returnsAreNotToldBeforeEverybodysTimeIsOver() {
        twoArms();
        JsonNode returns = json().path("returns");
        assertThat(returns.path("arms").isNull()).isTrue();
        assertThat(returns.path("reason_code").asText()).isEqualTo("immature_returns");
        assertThat(returns.path("mature_at").asText()).isEqualTo("2026-01-21T00:00:00Z");
    }

    @Test
    void pageAndTableShowTheDrop() {
        twoArms();
        preorders("small", "lisboa", 60, 10);
        preorders("large", "lisboa", 70, 12);
        assertThat(rendered(Format.HTML))
                .contains("From preorder to walk-in", "incidence-t", "burn-down-small-t", "The drop so far");
        assertThat(rendered(Format.CSV))
                .contains("preorder_walk_in.gray", "preorder_walk_in.picked_up", "preorder_walk_in.stock.sold");
    }

    /** Everybody came in the first quarter of an hour; its middle is 7.5 minutes after the start. */
    @Test
    void picturesAreMarkedWhereNothingWasLeft() {
        twoArms();
        assertThat(reading().arms().get(0).medianEntryHours()).hasValue(0.125);
        assertThat(rendered(Format.HTML)).doesNotContain("class=\"sold-out\"");
        reserved("lamp-s", "small");
        String page = rendered(Format.HTML);
        assertThat(page)
                .contains(
                        "Picked up before so many hours since exposure, of all exposed; dotted: a first showroom has sold out, seen from the median visitor",
                        "dotted: sold out in 1 of 1 showrooms");
        assertThat(page.split("class=\"sold-out\"", -1)).hasSize(3);
    }

    @Test
    void nothingIsSaidBeforeTheFirstExposure() {
        assertThat(json().path("reason").asText()).isEqualTo("Nobody has been exposed yet.");
    }
}
