package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.showroomlab.reports.export.Format;

/** When a showroom had nothing left of a product, by what it reported and what was ordered. */
class EmptyShelfTest {
    private final PreorderDrop drop = new PreorderDrop();

    /** A piece that comes back when the drop is over does not undo that there was none for hours. */
    @Test
    void whatComesBackAfterTheDropChangesNothing() {
        drop.sharedShelf();
        String before = drop.json().path("demand_effect").toString();
        drop.stock("report", "lamp", "", "2026-01-07T20:00:00Z", 1, 1, 0);
        Report report = drop.read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().reasons().get(0).code()).isEqualTo("shared_stock_sold_out");
        JsonNode json = drop.json();
        assertThat(json.path("demand_effect").toString()).isEqualTo(before);
        assertThat(json.path("stock").get(0).path("on_hand").asInt()).isEqualTo(1);
        assertThat(json.path("stock").get(0).path("sold_out_at").asText()).startsWith("2026-01-05T10:00");
        assertThat(json.path("stock").get(0).path("filled_again").asBoolean()).isFalse();
    }

    /** Who was exposed found some; that walk-ins took the rest on the day after limits nobody. */
    @Test
    void whatIsGoneAfterTheDropWasThereForEverybodyInIt() {
        drop.twoArms();
        drop.stock("report", "lamp", "", "2026-01-05T00:00:00Z", 30, 1, 0);
        drop.stock("preorder", "lamp", "small", "2026-01-05T09:00:00Z", 0, 9, 9);
        drop.stock("preorder", "lamp", "large", "2026-01-06T21:10:00Z", 0, 8, 8);
        drop.stock("report", "lamp", "", "2026-01-06T22:00:00Z", 13, 1, 0);
        drop.stock("report", "lamp", "", "2026-01-07T18:00:00Z", 0, 1, 0);
        Report report = drop.read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().reasons()).noneMatch(reason -> reason.code().equals("shared_stock_sold_out"));
        JsonNode line = drop.json().path("stock").get(0);
        assertThat(line.path("on_hand").asInt()).isZero();
        assertThat(line.path("sold_out_at").isNull()).isTrue();
        assertThat(line.path("turned_away").asInt()).isZero();
        assertThat(line.path("reason").asText()).contains("before the drop's end", "some are left");
        assertThat(drop.rendered(Format.HTML)).contains("after the drop").doesNotContain("0 left");
    }

    /** Small sold 25 of 40. */
    @Test
    void piecesOfItsOwnThatAreGoneAfterTheDropDidNotLimitAnArm() {
        drop.twoArms();
        drop.life("small", "preorder", 0, "entered", 0, 25);
        drop.life("large", "preorder", 0, "entered", 0, 36);
        drop.preorders("small", "lisboa", 100, 25);
        drop.preorders("large", "lisboa", 120, 36);
        drop.stock("report", "lamp-s", "small", "2026-01-05T00:00:00Z", 40, 1, 0);
        drop.stock("preorder", "lamp-s", "small", "2026-01-05T09:00:00Z", 0, 25, 25);
        drop.stock("report", "lamp-s", "small", "2026-01-05T09:01:00Z", 15, 1, 0);
        drop.stock("report", "lamp-l", "large", "2026-01-05T00:00:00Z", 90, 1, 0);
        drop.stock("preorder", "lamp-l", "large", "2026-01-05T09:00:00Z", 0, 36, 36);
        JsonNode before = drop.json();
        drop.stock("report", "lamp-s", "small", "2026-01-07T20:00:00Z", 0, 1, 0);
        JsonNode json = drop.json();
        assertThat(json.path("demand_effect").path("estimate").asDouble()).isCloseTo(0.3 - 0.25, within(1e-9));
        for (String key : List.of("demand_effect", "sales_effect", "rmst_difference")) {
            assertThat(json.path(key)).isEqualTo(before.path(key));
        }
        assertThat(json.path("arms")
                        .get(0)
                        .path("preordered_where_sold_out_share")
                        .asDouble())
                .isZero();
    }

    /** Pieces were counted before the drop and after it; that they went in it show the preorders, but not who came too late. */
    @Test
    void aShelfThatPreordersEmptiedHasSoldOutHoweverLateItIsCounted() {
        drop.twoArms();
        drop.preorders("small", "lisboa", 100, 9);
        drop.preorders("large", "lisboa", 120, 8);
        drop.stock("report", "lamp", "", "2026-01-05T00:00:00Z", 17, 1, 0);
        drop.stock("preorder", "lamp", "small", "2026-01-05T09:00:00Z", 0, 9, 9);
        drop.stock("preorder", "lamp", "large", "2026-01-05T09:10:00Z", 0, 8, 8);
        drop.stock("report", "lamp", "", "2026-01-07T08:00:00Z", 0, 1, 0);
        Report report = drop.read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().reasons().get(0).code()).isEqualTo("shared_stock_sold_out");
        JsonNode json = drop.json();
        assertThat(json.path("stock").get(0).path("sold_out_at").asText()).isEqualTo("2026-01-07T08:00:00Z");
        assertThat(json.path("demand_effect").path("estimate").isNull()).isTrue();
        assertThat(json.path("demand_effect").path("reason").asText())
                .contains("it is not known how many of each came");
    }

    @Test
    void aShelfThatWasCountedOnlyAfterTheDropMayHaveBeenEmptyInIt() {
        drop.twoArms();
        drop.stock("preorder", "lamp", "small", "2026-01-05T09:00:00Z", 0, 9, 9);
        drop.stock("preorder", "lamp", "large", "2026-01-05T09:10:00Z", 0, 8, 8);
        drop.stock("report", "lamp", "", "2026-01-07T08:00:00Z", 0, 1, 0);
        Report report = drop.read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().reasons().get(0).code()).isEqualTo("shared_stock_sold_out");
    }

    /** Of when a preorder was only the minute is kept, so that it may be later than a report in that minute. */
    @Test
    void aPreorderInTheMinuteOfTheLastReportMayHaveTakenWhatThatOneSays() {
        drop.twoArms();
        drop.stock("preorder", "lamp", "small", "2026-01-05T09:00:00Z", 0, 29, 29);
        drop.stock("report", "lamp", "", "2026-01-06T21:10:10Z", 1, 1, 0);
        drop.stock("preorder", "lamp", "large", "2026-01-06T21:10:00Z", 0, 1, 1);
        drop.stock("report", "lamp", "", "2026-01-07T08:00:00Z", 0, 1, 0);
        Report report = drop.read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().reasons().get(0).code()).isEqualTo("shared_stock_sold_out");
    }

    /** The last piece goes a minute before the end; on the next day many come to collect theirs. */
    @Test
    void whoComesAfterTheDropIsNotTurnedAway() {
        drop.twoArms();
        drop.stock("report", "lamp", "", "2026-01-05T00:00:00Z", 17, 1, 0);
        drop.stock("preorder", "lamp", "small", "2026-01-05T09:00:00Z", 0, 17, 17);
        drop.stock("report", "lamp", "", "2026-01-06T23:59:00Z", 0, 1, 0);
        drop.stock("visit", "", "small", "2026-01-06T23:59:00Z", 0, 2, 0);
        drop.stock("visit", "", "small", "2026-01-07T00:00:00Z", 0, 10, 0);
        drop.stock("visit", "", "small", "2026-01-07T10:00:00Z", 0, 17, 0);
        assertThat(drop.json().path("stock").get(0).path("turned_away").asInt()).isEqualTo(2);
    }

    @Test
    void nobodyIsTurnedAwayByAShelfThatIsCountedAfterTheDropOnly() {
        drop.twoArms();
        drop.stock("preorder", "lamp", "small", "2026-01-05T09:00:00Z", 0, 17, 17);
        drop.stock("report", "lamp", "", "2026-01-07T08:00:00Z", 0, 1, 0);
        drop.stock("visit", "", "small", "2026-01-07T10:00:00Z", 0, 17, 0);
        assertThat(drop.json().path("stock").get(0).path("turned_away").asInt()).isZero();
    }

    /** Empty from 9:00 to 9:30 and from 10:00 to the next morning. */
    private void filledAgain() {
        drop.sharedShelf();
        drop.life("small", "preorder", 30, "entered", 0, 6);
        drop.life("small", "preorder", 130, "entered", 0, 3);
        drop.life("large", "preorder", 30, "entered", 0, 8);
        drop.stock("report", "lamp", "", "2026-01-06T08:00:00Z", 30, 1, 0);
        drop.stock("visit", "", "small", "2026-01-05T08:00:00Z", 0, 50, 0);
        drop.stock("visit", "", "small", "2026-01-05T09:10:00Z", 0, 3, 0);
        drop.stock("visit", "", "small", "2026-01-05T12:00:00Z", 0, 4, 0);
        drop.stock("visit", "", "small", "2026-01-06T09:00:00Z", 0, 43, 0);
    }

    @Test
    void aShelfThatWasFilledAgainWasEmptyAllTheSame() {
        filledAgain();
        Report report = drop.read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().reasons().get(0).code()).isEqualTo("shared_stock_sold_out");
        JsonNode json = drop.json();
        JsonNode small = json.path("stock").get(0);
        assertThat(small.path("variant").asText()).isEqualTo("small");
        assertThat(small.path("sold_out_at").asText()).isEqualTo("2026-01-05T09:00:00.500Z");
        assertThat(small.path("filled_again").asBoolean()).isTrue();
        assertThat(small.path("turned_away").asInt()).isEqualTo(7);
        // before nine o'clock 60 of small's 200 came and six of its nine bought, of large 80 of 160 and all eight
        assertThat(json.path("demand_effect").path("estimate").asDouble()).isCloseTo(8.0 / 60 - 6.0 / 30, within(1e-4));
        assertThat(drop.rendered(Format.HTML)).contains("filled again");
    }

    /** What is reported before the start is not kept, so that of its thirty pieces the preorders alone tell. */
    @Test
    void aShelfThatWasFilledBeforeTheStartHadSome() {
        filledUnseen();
        Report report = drop.read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().reasons().get(0).code()).isEqualTo("shared_stock_sold_out");
        JsonNode line = drop.json().path("stock").get(0);
        assertThat(line.path("sold_out_at").asText()).isEqualTo("2026-01-05T10:00:00Z");
        assertThat(line.path("filled_again").asBoolean()).isTrue();
        assertThat(line.path("turned_away").asInt()).isEqualTo(5);
    }

    /** A count of none before the first preorder was of before the pieces came. */
    @Test
    void aShelfThatWasFilledUnseenAfterTheStartSoldOutWhenItWasEmptyAgain() {
        filledUnseen();
        drop.stock("report", "lamp", "", "2026-01-05T00:00:00Z", 0, 1, 0);
        JsonNode line = drop.json().path("stock").get(0);
        assertThat(line.path("sold_out_at").asText()).isEqualTo("2026-01-05T10:00:00Z");
        assertThat(line.path("turned_away").asInt()).isEqualTo(5);
    }

    @Test
    void aShelfThatWasEmptyUntilItsPiecesCameHadNotSoldOut() {
        drop.twoArms();
        drop.stock("report", "lamp", "", "2026-01-05T00:00:00Z", 0, 1, 0);
        drop.stock("report", "lamp", "", "2026-01-05T08:00:00Z", 30, 1, 0);
        drop.stock("preorder", "lamp", "small", "2026-01-05T09:00:00Z", 0, 5, 5);
        drop.stock("preorder", "lamp", "large", "2026-01-05T09:10:00Z", 0, 5, 5);
        assertThat(drop.json().path("stock").get(0).path("sold_out_at").isNull())
                .isTrue();
    }

    /** It had pieces from some time before nine o'clock on. */
    @Test
    void aCountOfNoneBeforeTheFirstPreorderIsOfNoSale() {
        drop.twoArms();
        drop.stock("report", "lamp", "", "2026-01-05T00:00:00Z", 0, 1, 0);
        drop.stock("preorder", "lamp", "small", "2026-01-05T09:00:00Z", 0, 15, 15);
        drop.stock("preorder", "lamp", "large", "2026-01-06T23:50:00Z", 0, 15, 15);
        drop.stock("visit", "", "small", "2026-01-05T12:00:00Z", 0, 5, 0);
        JsonNode nothingKnown = drop.json().path("stock").get(0);
        assertThat(nothingKnown.path("reason").asText()).contains("only before its first piece came");
        assertThat(nothingKnown.path("turned_away").isNull()).isTrue();
        drop.stock("report", "lamp", "", "2026-01-07T20:00:00Z", 500, 1, 0);
        Report report = drop.read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().reasons()).noneMatch(reason -> reason.code().equals("shared_stock_sold_out"));
        JsonNode line = drop.json().path("stock").get(0);
        assertThat(line.path("sold_out_at").isNull()).isTrue();
        assertThat(line.path("reason").asText()).startsWith("no report since the first preorder");
        assertThat(line.path("turned_away").asInt()).isZero();
    }

    @Test
    void afterSuchACountTheFirstOneAfterTheDropTells() {
        drop.twoArms();
        drop.stock("report", "lamp", "", "2026-01-05T00:00:00Z", 0, 1, 0);
        drop.stock("preorder", "lamp", "small", "2026-01-05T09:00:00Z", 0, 9, 9);
        drop.stock("preorder", "lamp", "large", "2026-01-05T09:10:00Z", 0, 8, 8);
        drop.stock("report", "lamp", "", "2026-01-07T08:00:00Z", 0, 1, 0);
        Report report = drop.read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().reasons().get(0).code()).isEqualTo("shared_stock_sold_out");
        assertThat(drop.json().path("stock").get(0).path("sold_out_at").asText())
                .isEqualTo("2026-01-07T08:00:00Z");
    }

    private void filledUnseen() {
        drop.twoArms();
        drop.stock("preorder", "lamp", "small", "2026-01-05T09:00:00Z", 0, 15, 15);
        drop.stock("preorder", "lamp", "large", "2026-01-05T09:10:00Z", 0, 15, 15);
        drop.stock("report", "lamp", "", "2026-01-05T10:00:00Z", 0, 1, 0);
        drop.stock("report", "lamp", "", "2026-01-06T16:00:00Z", 100, 1, 0);
        drop.stock("report", "lamp", "", "2026-01-06T23:00:00Z", 90, 1, 0);
        drop.stock("visit", "", "small", "2026-01-05T08:00:00Z", 0, 50, 0);
        drop.stock("visit", "", "small", "2026-01-05T12:00:00Z", 0, 5, 0);
    }

    /** The last piece goes a minute before the end. Nobody comes too late for that one; seven had found nothing before. */
    @Test
    void aShelfThatWasFilledAgainAndSoldOutOnceMoreWasEmptyFromTheFirstTimeOn() {
        filledAgain();
        String demand = drop.json().path("demand_effect").toString();
        drop.stock("report", "lamp", "", "2026-01-06T23:59:00Z", 0, 1, 0);
        JsonNode json = drop.json();
        JsonNode small = json.path("stock").get(0);
        assertThat(small.path("sold_out_at").asText()).isEqualTo("2026-01-05T09:00:00.500Z");
        assertThat(small.path("filled_again").asBoolean()).isTrue();
        assertThat(small.path("turned_away").asInt()).isEqualTo(7);
        assertThat(json.path("demand_effect").toString()).isEqualTo(demand);
    }

    /** What was sold is all that there was, although there was none for three hours in between. */
    @Test
    void piecesOfItsOwnThatSoldOutOnceMoreFixWhatAnArmSold() {
        drop.twoArms();
        drop.life("small", "preorder", 0, "entered", 0, 25);
        drop.life("large", "preorder", 0, "entered", 0, 36);
        drop.preorders("small", "lisboa", 100, 25);
        drop.preorders("large", "lisboa", 120, 36);
        drop.stock("report", "lamp-l", "large", "2026-01-05T00:00:00Z", 90, 1, 0);
        drop.stock("report", "lamp-s", "small", "2026-01-05T00:00:00Z", 10, 1, 0);
        drop.stock("report", "lamp-s", "small", "2026-01-05T09:00:00Z", 0, 1, 0);
        drop.stock("report", "lamp-s", "small", "2026-01-05T12:00:00Z", 15, 1, 0);
        drop.stock("report", "lamp-s", "small", "2026-01-05T14:00:00Z", 0, 1, 0);
        JsonNode json = drop.json();
        JsonNode small = json.path("stock").get(1);
        assertThat(small.path("sold_out_at").asText()).isEqualTo("2026-01-05T09:00:00Z");
        assertThat(small.path("filled_again").asBoolean()).isTrue();
        assertThat(json.path("arms")
                        .get(0)
                        .path("preordered_where_sold_out_share")
                        .asDouble())
                .isEqualTo(1);
    }

    /** Until then the shelf was empty for a minute, and 500 had come before. */
    @Test
    void aRefillThatIsTheNewestEventOfAllIsSeen() {
        PreorderDrop running = new PreorderDrop("2026-01-05T09:01:00Z");
        running.twoArms();
        running.stock("report", "lamp", "", "2026-01-05T00:00:00Z", 3, 1, 0);
        running.stock("preorder", "lamp", "small", "2026-01-05T08:30:00Z", 0, 2, 2);
        running.stock("preorder", "lamp", "large", "2026-01-05T08:59:00Z", 0, 1, 1);
        running.stock("visit", "", "small", "2026-01-05T08:00:00Z", 0, 500, 0);
        running.stock("report", "lamp", "", "2026-01-05T09:00:00Z", 0, 1, 0);
        running.stock("report", "lamp", "", "2026-01-05T09:01:00Z", 20, 1, 0);
        Report report = running.read(store -> ReportAssembler.assemble(store, "drop"));
        assertThat(report.verdict().reasons()).noneMatch(reason -> reason.code().equals("shared_stock_sold_out"));
        assertThat(running.json().path("stock").get(0).path("sold_out_at").isNull())
                .isTrue();
    }

    /** One of a hundred found nothing: that is what the shares are known to anyway. */
    @Test
    void aShelfThatWasFilledAtOnceWasNot() {
        drop.twoArms();
        drop.stock("report", "lamp", "", "2026-01-05T08:00:00Z", 30, 1, 0);
        drop.stock("report", "lamp", "", "2026-01-05T09:00:00Z", 0, 1, 0);
        drop.stock("report", "lamp", "", "2026-01-05T09:05:00Z", 30, 1, 0);
        drop.stock("preorder", "lamp", "small", "2026-01-05T09:06:00Z", 0, 2, 2);
        drop.stock("preorder", "lamp", "large", "2026-01-05T09:10:00Z", 0, 1, 1);
        drop.stock("visit", "", "small", "2026-01-05T08:30:00Z", 0, 99, 0);
        drop.stock("visit", "", "small", "2026-01-05T09:01:00Z", 0, 1, 0);
        JsonNode line = drop.json().path("stock").get(0);
        assertThat(line.path("sold_out_at").isNull()).isTrue();
        drop.stock("visit", "", "small", "2026-01-05T09:02:00Z", 0, 1, 0);
        line = drop.json().path("stock").get(0);
        assertThat(line.path("sold_out_at").asText()).isEqualTo("2026-01-05T09:00:00Z");
    }
}
