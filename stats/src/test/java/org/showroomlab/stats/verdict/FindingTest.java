package org.showroomlab.stats.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.verdict.Finding.Weight;

/** Each finding just inside and just outside of what it acts on, with its weight and its sentence. */
class FindingTest {
    private static void acts(Finding finding, String code, Weight weight, String text) {
        assertThat(finding.active()).as(code).isTrue();
        assertThat(finding.code()).isEqualTo(code);
        assertThat(finding.weight()).as(code).isEqualTo(weight);
        assertThat(finding.text()).isEqualTo(text);
    }

    private static void rests(Finding finding) {
        assertThat(finding.active()).as(finding.text()).isFalse();
    }

    @Test
    void sampleRatio() {
        acts(
                new Finding.SampleRatio(0.000999, "510 and 490"),
                "srm",
                Weight.BLOCKS,
                "The arms' sizes (510 and 490) do not fit the planned weights: p = 0.000999, below 0.001.");
        rests(new Finding.SampleRatio(0.001, "510 and 490"));
        assertThat(new Finding.SampleRatio(0, "9 and 1").text()).contains("p < 0.0001");
        assertThat(new Finding.SampleRatio(1e-4, "9 and 1").text()).contains("p = 0.0001");
    }

    @Test
    void mixedUnits() {
        acts(
                new Finding.MixedUnits(2, 198 - 1),
                "mixed_units",
                Weight.BLOCKS,
                "2 of 199 units saw more than one variant (1.01 %, limit 1 %).");
        rests(new Finding.MixedUnits(2, 198));
    }

    @Test
    void tooFewClusters() {
        acts(
                new Finding.TooFewClusters(6, 8, 0.1),
                "too_few_clusters",
                Weight.BLOCKS,
                "There are 6 clusters and this design needs 8: the smallest p-value it can reach is 0.1000.");
        rests(new Finding.TooFewClusters(8, 8, 0.03));
    }

    @Test
    void sharedStock() {
        acts(
                new Finding.SharedStockSoldOut(List.of("a/x", "b/x", "c/x", "d/x")),
                "shared_stock_sold_out",
                Weight.BLOCKS,
                "4 stocks shared by the arms sold out (a/x, b/x, c/x): a sale in one arm took it from another, so the"
                        + " sales effect is not identified.");
        rests(new Finding.SharedStockSoldOut(List.of()));
    }

    @Test
    void immatureCohorts() {
        acts(
                new Finding.ImmatureCohorts(1, 100, 168),
                "immature_cohorts",
                Weight.POSTPONES,
                "Up to 1 of 100 units have not yet had the 168 hours in which their outcomes count.");
        rests(new Finding.ImmatureCohorts(0, 100, 168));
    }

    @Test
    void differentialLateness() {
        acts(
                new Finding.DifferentialLateness(0.01, 0.025, 0.0009),
                "differential_lateness",
                Weight.BLOCKS,
                "1.00 % of the control's events came late and 2.50 % of the treatment's (p = 0.000900): the newer cohorts"
                        + " compare unlike with unlike.");
        rests(new Finding.DifferentialLateness(0.01, 0.025, 0.001));
    }

    @Test
    void armsNotSeparated() {
        acts(
                new Finding.ArmsNotSeparated(2, 6),
                "arms_not_separated",
                Weight.LEAVES_OPEN,
                "2 of 6 arms could still be the best one; the data do not separate them.");
        rests(new Finding.ArmsNotSeparated(1, 6));
    }

    @Test
    void stockNotReported() {
        acts(
                new Finding.StockNotReported(1, 0),
                "stock_not_reported",
                Weight.BLOCKS,
                "The variants have allotments and 1 preorders came, but stock was never reported: it is not known whether"
                        + " there was anything left to order.");
        rests(new Finding.StockNotReported(1, 1));
        rests(new Finding.StockNotReported(0, 0));
    }

    @Test
    void mixedCurrencies() {
        acts(
                new Finding.MixedCurrencies(List.of("GB", "PT")),
                "mixed_currencies",
                Weight.BLOCKS,
                "Payments in more than one currency came from GB, PT: their amounts are not added up.");
        rests(new Finding.MixedCurrencies(List.of()));
    }

    @Test
    void shiftedNotAdded() {
        acts(
                new Finding.ShiftedNotAdded("online", "walk-in", true),
                "shifted_not_added",
                Weight.NEEDS_REVIEW,
                "Pieces were shifted, not added: online sold more, walk-in sold less, and the total does not differ"
                        + " significantly.");
        rests(new Finding.ShiftedNotAdded("online", "walk-in", false));
    }

    @Test
    void provisional() {
        acts(
                new Finding.Provisional(1, 12),
                "provisional",
                Weight.POSTPONES,
                "1 of 12 showrooms have not synced past the time of this report.");
        rests(new Finding.Provisional(0, 12));
    }

    @Test
    void underpowered() {
        acts(
                new Finding.Underpowered("revenue", 0.55, 0.8),
                "underpowered",
                Weight.NOTED,
                "The power of revenue for the effect that matters is 55 %, below 80 %.");
        rests(new Finding.Underpowered("revenue", 0.8, 0.8));
    }

    @Test
    void wrongUnit() {
        acts(
                new Finding.WrongUnit("visitor", "cache"),
                "wrong_unit",
                Weight.BLOCKS,
                "The analysis is per visitor but the variants were assigned per cache: its p-values are far too small.");
        rests(new Finding.WrongUnit("cache", "cache"));
    }
}
