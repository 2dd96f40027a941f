package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.results.StockCount;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.special.PreorderWalkIn;
import org.showroomlab.stats.demand.CensoredBinomial;
import org.showroomlab.stats.demand.FixedSales;
import org.showroomlab.stats.survival.IncidenceCurve;
import org.showroomlab.stats.survival.RestrictedMean;
import org.showroomlab.stats.verdict.Decision;
import org.showroomlab.stats.verdict.Reason;

class PreorderStockTest {
    private final PreorderDrop drop = new PreorderDrop();

    @Test
    void demandIsMoreThanSalesWhereTheAllotmentRanOut() {
        drop.twoArms();
        for (String variant : List.of("small", "large")) {
            drop.life(variant, "preorder", 0, "entered", 0, 40);
        }
        drop.preorders("small", "lisboa", 60, 20);
        drop.preorders("small", "porto", 40, 10);
        drop.preorders("large", "lisboa", 70, 20);
        drop.preorders("large", "porto", 50, 15);
        PreorderWalkIn.Contrast contrast = drop.reading().contrasts().get(0);
        assertThat(contrast.sales().orElseThrow().estimate()).isCloseTo(40 / 120.0 - 40 / 100.0, within(1e-12));
        // small sold out in lisboa: its demand is above 30 %, that of large is 35 of 120
        assertThat(contrast.demand().orElseThrow().estimate()).isLessThan(35 / 120.0 - 30 / 100.0);
        JsonNode json = drop.json();
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
        drop.twoArms();
        drop.life("small", "preorder", 0, "entered", 0, 25);
        drop.life("large", "preorder", 0, "entered", 0, 40);
        drop.preorders("small", "lisboa", 60, 20);
        drop.preorders("small", "porto", 40, 5);
        drop.preorders("large", "lisboa", 70, 20);
        drop.preorders("large", "porto", 50, 20);
        PreorderWalkIn reading = drop.reading();
        assertThat(reading.arms().stream().map(arm -> arm.soldOutShare().orElseThrow()))
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
                IncidenceCurve.of(PreorderDrop.table(
                                new double[][] {{0.875, 10, 0, 0}, {2.875, 6, 0, 0}, {71.875, 0, 0, 84}}))
                        .orElseThrow(),
                24);
        double variance = small.variance(24 - independent.mean(), independent.stdError() * independent.stdError());
        double stdError = reading.arms().get(0).rmst().orElseThrow().stdError();
        assertThat(stdError).isCloseTo(Math.sqrt(variance), within(1e-12)).isLessThan(independent.stdError());
        assertThat(drop.json()
                        .path("arms")
                        .get(0)
                        .path("preordered_where_sold_out_share")
                        .asDouble())
                .isEqualTo(0.8);
        assertThat(drop.rendered(Format.HTML)).contains("80.0 % of those of small", "The interval knows of the stock");
    }

    /** More pick-ups than orders: there are ways to pick up without an order, and the stock of orders says nothing of them. */
    @Test
    void pickUpsWithoutOrdersAreNotFixedByTheStock() {
        drop.twoArms();
        drop.life("small", "preorder", 0, "entered", 0, 10);
        drop.life("large", "preorder", 0, "entered", 0, 40);
        drop.preorders("small", "lisboa", 60, 20);
        drop.preorders("large", "lisboa", 70, 20);
        assertThat(drop.reading().arms().get(0).soldOutShare().orElseThrow()).isZero();
    }

    @Test
    void armsThatTookEachOthersPiecesBlockTheVerdict() {
        drop.twoArms();
        drop.preorders("small", "lisboa", 60, 28);
        drop.preorders("large", "lisboa", 70, 32);
        Report report = drop.read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().decision()).isEqualTo(Decision.BLOCKED);
        assertThat(report.verdict().reasons().get(0).code()).isEqualTo("shared_stock_sold_out");
        assertThat(drop.json().path("sales_effect").path("reason_code").asText())
                .isEqualTo("shared_stock_sold_out");
    }

    @Test
    void armsWithPiecesOfTheirOwnMaySellOut() {
        drop.twoArms();
        drop.preorders("small", "lisboa", 60, 20);
        drop.preorders("large", "lisboa", 70, 40);
        Report report = drop.read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().reasons()).noneMatch(reason -> reason.code().equals("shared_stock_sold_out"));
        JsonNode demand = drop.json().path("demand_effect");
        assertThat(demand.path("reason_code").asText()).isEqualTo("all_sold_out");
        assertThat(demand.path("reason").asText()).startsWith("What small sold reached its limit in every showroom");
    }

    @Test
    void aShelfHasSoldOutSinceTheFirstOfItsLastReportsOfNothing() {
        drop.twoArms();
        drop.reserved("lamp-s", "small");
        drop.stock("preorder", "lamp-s", "small", "2026-01-05T09:00:00Z", 0, 2, 3);
        drop.stock(
                "preorder", "lamp-s", "", "2026-01-05T09:10:00Z", 0, 1, 1); // saw both arms, took a piece all the same
        drop.stock("report", "lamp-l", "large", "2026-01-05T08:00:00Z", 9, 1, 0);
        drop.stock("visit", "", "small", "2026-01-05T10:00:00Z", 0, 4, 0); // the minute in which it sold out
        drop.stock("visit", "", "small", "2026-01-05T10:01:00Z", 0, 5, 0);
        drop.stock("visit", "", "small", "2026-01-06T10:01:00Z", 0, 2, 0);
        JsonNode lines = drop.json().path("stock");
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

    /** Who saw both arms may have taken the only product, but of two it is not known which. */
    @Test
    void aPreorderWithoutAProductIsOfTheOnlyOneForItsArm() {
        drop.twoArms();
        drop.stock("report", "lamp-s", "small", "2026-01-05T08:00:00Z", 9, 1, 0);
        drop.stock("preorder", "", "small", "2026-01-05T09:00:00Z", 0, 2, 3);
        drop.stock("preorder", "", "", "2026-01-05T09:10:00Z", 0, 1, 1);
        assertThat(drop.json().path("stock")).singleElement().satisfies(line -> {
            assertThat(line.path("sku").asText()).isEqualTo("lamp-s");
            assertThat(line.path("sold").asInt()).isEqualTo(4);
        });
        drop.stock("report", "lamp-l", "large", "2026-01-05T08:00:00Z", 9, 1, 0);
        JsonNode lines = drop.json().path("stock");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1).path("sku").asText()).isEqualTo("lamp-s");
        assertThat(lines.get(1).path("sold").asInt()).isEqualTo(3);
    }

    @Test
    void tensOfPiecesAreWrittenAsTheOthersAre() {
        drop.twoArms();
        drop.stock("report", "lamp", "", "2026-01-05T08:00:00Z", 90, 1, 0);
        drop.stock("preorder", "lamp", "small", "2026-01-05T09:00:00Z", 0, 30, 30);
        JsonNode small = drop.json().path("stock").get(0);
        assertThat(small.path("sold").toString()).isEqualTo("30");
        assertThat(small.path("burn_down").get(0).path("sold").toString()).isEqualTo("30");
    }

    @Test
    void aStorefrontThatReportsItsSoldOutPageTellsWhoWasTurnedAway() {
        drop.twoArms();
        drop.reserved("lamp-s", "small");
        drop.stock("visit", "", "small", "2026-01-05T10:01:00Z", 0, 5, 0);
        drop.stock("turned_away", "", "small", "2026-01-05T10:01:00Z", 0, 2, 0);
        assertThat(drop.json().path("stock").get(0).path("turned_away").asInt()).isEqualTo(2);
    }

    @Test
    void armsThatBothOrderFromOneShelfUntilItIsEmptyBlockTheVerdict() {
        drop.twoArms();
        drop.reserved("lamp", "");
        drop.stock("preorder", "lamp", "small", "2026-01-05T09:00:00Z", 0, 2, 2);
        drop.stock("preorder", "lamp", "large", "2026-01-05T09:10:00Z", 0, 1, 1);
        Report report = drop.read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().reasons().get(0).code()).isEqualTo("shared_stock_sold_out");
        assertThat(report.verdict().reasons().get(0).text()).contains("lisboa/lamp");
        assertThat(drop.json().path("stock"))
                .hasSize(2)
                .allMatch(line -> line.path("shared").asBoolean());
    }

    /** Without slices by showroom it is known of reports how many there are, and that nothing ran out. */
    @Test
    void whatReportsSayDoesNotDependOnMetrics() {
        drop.twoArms();
        drop.withoutShowrooms();
        drop.life("small", "preorder", 3, "entered", 0, 20);
        drop.stock("preorder", "lamp", "small", "2026-01-05T09:00:00Z", 0, 20, 20);
        drop.stock("report", "lamp", "", "2026-01-05T08:00:00Z", 9, 1, 0);
        JsonNode small = drop.json().path("arms").get(0);
        assertThat(small.path("pieces").asInt()).isEqualTo(20);
        assertThat(small.path("preordered_where_sold_out_share").asDouble()).isZero();
        assertThat(small.path("preordered_where_sold_out_share").isNull()).isFalse();
        drop.stock("report", "lamp", "", "2026-01-05T10:00:00Z", 0, 1, 0);
        small = drop.json().path("arms").get(0);
        assertThat(small.path("preordered_where_sold_out_share").isNull()).isTrue();
        assertThat(small.path("preordered_where_sold_out_share_reason").asText())
                .contains("by showroom");
    }

    /** What they bought is the stock's doing; what they wanted shows while there is some. */
    @Test
    void whereArmsSharedWhatRanOutDemandIsThatOfThoseWhoCameBefore() {
        drop.sharedShelf();
        JsonNode json = drop.json();
        assertThat(json.path("sales_effect").path("estimate").isNull()).isTrue();
        JsonNode demand = json.path("demand_effect");
        // a half of either arm came before: of 100 exposed in lisboa 50, of 120 60
        assertThat(demand.path("estimate").asDouble()).isCloseTo(8.0 / 60 - 9.0 / 50, within(1e-9));
        assertThat(demand.path("std_error").asDouble())
                .isCloseTo(Math.sqrt(8.0 * 52 / 60 / 60 / 60 + 9.0 * 41 / 50 / 50 / 50), within(1e-6));
        assertThat(drop.rendered(Format.HTML)).contains("Where the arms shared what ran out, of those who came before");
    }

    @Test
    void aSecondProductHidesWhoCameBeforeASharedShelfWasEmpty() {
        drop.sharedShelf();
        drop.stock("report", "shade", "small", "2026-01-05T08:00:00Z", 9, 1, 0);
        JsonNode demand = drop.json().path("demand_effect");
        assertThat(demand.path("estimate").isNull()).isTrue();
        assertThat(demand.path("reason_code").asText()).isEqualTo("shared_stock_sold_out");
        assertThat(demand.path("reason").asText()).contains("one product per showroom");
    }

    /** An owner need not count preorders by showroom for it. */
    @Test
    void whereNothingRanOutDemandIsThatOfEverybody() {
        drop.twoArms();
        drop.life("small", "preorder", 3, "entered", 0, 20);
        drop.life("large", "preorder", 5, "entered", 0, 36);
        drop.stock("preorder", "lamp", "small", "2026-01-05T09:00:00Z", 0, 20, 20);
        drop.stock("report", "lamp", "", "2026-01-05T08:00:00Z", 9, 1, 0);
        assertThat(drop.json().path("demand_effect").path("estimate").asDouble())
                .isCloseTo(0.3 - 0.2, within(1e-9));
        drop.stock("report", "lamp", "", "2026-01-05T10:00:00Z", 0, 1, 0);
        assertThat(drop.json().path("demand_effect").path("reason").asText()).contains("showroom");
    }

    @Test
    void ofOneShowroomThatAllCameToNoSlicesAreNeeded() {
        drop.sharedShelf();
        drop.withoutShowrooms();
        drop.life("small", "preorder", 3, "entered", 0, 9);
        drop.life("large", "preorder", 5, "entered", 0, 8);
        JsonNode demand = drop.json().path("demand_effect");
        // of 200 and 160 exposed a half came before
        assertThat(demand.path("estimate").asDouble()).isCloseTo(8.0 / 80 - 9.0 / 100, within(1e-9));
    }

    @Test
    void piecesThatGoWithoutAnyStockReportBlockTheVerdict() {
        drop.twoArms();
        drop.life("small", "preorder", 0, "entered", 0, 40);
        Report report = drop.read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().decision()).isEqualTo(Decision.BLOCKED);
        assertThat(report.verdict().reasons()).anyMatch(reason -> reason.code().equals("stock_not_reported"));
    }

    /** Porto sold 65 of the 69 pieces, 45 of them to the arm that has 40; what lisboa reports says nothing of that. */
    @Test
    void whatOneShowroomReportsSaysNothingOfAnother() {
        for (String arm : List.of("small", "large")) {
            long sold = arm.equals("small") ? 20 : 45;
            long pickedUp = arm.equals("small") ? 12 : 45;
            drop.arm(arm, 1_000, new long[][] {{0, 3, pickedUp}});
            drop.life(arm, "preorder", 0, "entered", 0, sold + 2);
            drop.add(Samples.statistic("drop", "picked_up", arm, Samples.DAY, 1_000, pickedUp, pickedUp, pickedUp));
            drop.preorders(arm, "porto", 500, sold);
            drop.preorders(arm, "lisboa", 500, 2);
            drop.stock("preorder", "lamp", arm, "2026-01-05T09:00:00Z", 0, 2, 2);
            drop.add(ordered("porto", arm, sold));
        }
        drop.stock("report", "lamp", "", "2026-01-05T08:00:00Z", 500, 1, 0);
        Report report = drop.read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().decision()).isEqualTo(Decision.BLOCKED);
        assertThat(report.verdict().reasons())
                .extracting(Reason::text)
                .anyMatch(text -> text.contains("shared by the arms sold out (porto)"))
                .anyMatch(text -> text.contains("no stock report is of what 94 % of them could order (porto/lamp)"));
    }

    private static StockCount ordered(String showroom, String arm, long pieces) {
        return new StockCount(
                "drop",
                "preorder",
                showroom,
                "lamp",
                arm,
                Instant.parse("2026-01-05T09:00:00Z").toEpochMilli(),
                0,
                Samples.DAY,
                pieces,
                BigInteger.valueOf(1_000_000 * pieces));
    }

    /** Everybody came in the first quarter of an hour; its middle is 7.5 minutes after the start. */
    @Test
    void picturesAreMarkedWhereNothingWasLeft() {
        drop.twoArms();
        assertThat(drop.reading().arms().get(0).medianEntryHours()).hasValue(0.125);
        assertThat(drop.rendered(Format.HTML)).doesNotContain("class=\"sold-out\"");
        drop.reserved("lamp-s", "small");
        String page = drop.rendered(Format.HTML);
        assertThat(page)
                .contains(
                        "Picked up before so many hours since exposure, of all exposed; dotted: a first showroom has sold out, seen from the median visitor",
                        "dotted: sold out in 1 of 1 showrooms");
        assertThat(page.split("class=\"sold-out\"", -1)).hasSize(3);
    }
}
