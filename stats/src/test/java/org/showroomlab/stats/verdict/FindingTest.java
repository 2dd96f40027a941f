package org.showroomlab.stats.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.Computable;
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

    /** At one look of many a small p-value is no proof yet; the test for many looks is. */
    @Test
    void sampleRatioOfManyLooks() {
        acts(
                new Finding.SampleRatio(0.0005, OptionalDouble.of(0.5), "510 and 490"),
                "srm",
                Weight.POSTPONES,
                "The arms' sizes (510 and 490) do not fit the planned weights: p = 0.000500 at one look, below 0.001,"
                        + " but p = 0.500 by the test for a look every day; nothing is decided before it is clear.");
        acts(
                new Finding.SampleRatio(0.01, OptionalDouble.of(0.0009), "510 and 490"),
                "srm",
                Weight.BLOCKS,
                "The arms' sizes (510 and 490) do not fit the planned weights: p = 0.000900 by the test for a look every"
                        + " day, below 0.001.");
        rests(new Finding.SampleRatio(0.001, OptionalDouble.of(0.001), "510 and 490"));
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
        assertThat(new Finding.SharedStockSoldOut(List.of("a/x")).text()).startsWith("1 stock shared by the arms sold");
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
                "1.00 % of the control's units came late and 2.50 % of the treatment's (p = 0.000900): the newer cohorts"
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
    void armsNotCompared() {
        acts(
                new ArmsNotCompared(2, "None of the 10 visitors bought."),
                "arms_not_separated",
                Weight.LEAVES_OPEN,
                "Which of the 2 arms is the best could not be computed: None of the 10 visitors bought.");
        rests(new ArmsNotCompared(1, "There is nothing to compare 1 arm with."));
    }

    @Test
    void excludedByRevenue() {
        acts(
                new ArmFinding.ExcludedByRevenue("p499", false, 74.85, "p999", 99.9),
                "revenue_excludes_arm",
                Weight.EXCLUDES_ARM,
                "Revenue per visitor excludes p499: list price times conversion is 74.9 minor units per visitor, for p999"
                        + " 99.9; it cannot be the price that earns most; a better conversion alone is no reason for it.");
        rests(new ArmFinding.ExcludedByRevenue("p499", true, 74.85, "p999", 99.9));
    }

    @Test
    void bestByRevenue() {
        acts(
                new ArmFinding.BestByRevenue("p999", true, 1, 99.9),
                "revenue_favours_arm",
                Weight.SPARES_ARM,
                "Revenue per visitor favours p999: list price times conversion is 99.9 minor units per visitor, and no other price can earn most;"
                        + " where fewer visitors buy at it, that alone is no reason against it.");
        rests(new ArmFinding.BestByRevenue("p999", true, 2, 99.9));
        rests(new ArmFinding.BestByRevenue("p999", false, 1, 99.9));
    }

    @Test
    void staleBudget() {
        acts(
                new ArmFinding.StaleBudget("t900", Computable.of(0.0501), 0.05),
                "stale_budget",
                Weight.EXCLUDES_ARM,
                "With t900 the share of outdated answers may be 5.01 %, which is not shown to be within the budget of 5.00 %.");
        acts(
                new ArmFinding.StaleBudget("t900", Computable.notComputable("not_enough_data", "No status."), 0.05),
                "stale_budget",
                Weight.EXCLUDES_ARM,
                "With t900 the share of outdated answers is not known, which is not shown to be within the budget of 5.00 %:"
                        + " No status.");
        rests(new ArmFinding.StaleBudget("t900", Computable.of(0.05), 0.05));
    }

    @Test
    void recommendedTtl() {
        acts(
                new ArmFinding.RecommendedTtl(List.of("t60", "t60b"), 60, 0.05, 0.05),
                "recommended_ttl",
                Weight.ASKS_FOR_ARM,
                "The recommended TTL is 60 s (t60, t60b): the smallest that is shown to be within 5.00 % of the fastest arm's"
                        + " p75 LCP and within the stale budget of 5.00 %.");
        rests(new ArmFinding.RecommendedTtl(List.of(), 60, 0.05, 0.05));
    }

    /** At .001 over both controls. */
    @Test
    void contaminated() {
        acts(
                new Contaminated("inp_p75", 0.00049, 2, "TTL"),
                "contaminated",
                Weight.DISTORTS,
                "inp_p75 differs between the arms (p\u00a0=\u00a0.0005), which no TTL can cause: something else differs between"
                        + " them.");
        rests(new Contaminated("inp_p75", 0.0005, 2, "TTL"));
    }

    @Test
    void stockNotReported() {
        acts(
                new Finding.StockNotReported(7, 1, List.of()),
                "stock_not_reported",
                Weight.BLOCKS,
                "The variants have allotments and 7 preorders came, but no stock report is of what they could order: it is"
                        + " not known whether there was anything left.");
        acts(
                new Finding.StockNotReported(69, 0.051, List.of("a/x", "a/y", "b/x", "b/y")),
                "stock_not_reported",
                Weight.BLOCKS,
                "The variants have allotments and 69 preorders came, but no stock report is of what 5 % of them could order"
                        + " (a/x, a/y, b/x): it is not known whether there was anything left.");
        rests(new Finding.StockNotReported(69, 0.05, List.of("a/x")));
        rests(new Finding.StockNotReported(0, 1, List.of()));
    }

    @Test
    void fixedOrder() {
        acts(
                new FixedOrder("t300", 41, 42, false),
                "fixed_order",
                Weight.DISTORTS,
                "In 41 of 42 pairs of periods the control came before t300: what differs between the first and the second,"
                        + " such as the time of day, is not told from the variant.");
        acts(
                new FixedOrder("t300", 0, 8, true),
                "fixed_order",
                Weight.DISTORTS,
                "In 8 of 8 pairs of periods t300 came before the control: what differs between the first and the second,"
                        + " such as the time of day, is not told from the variant.");
        acts(
                new FixedOrder("t300", 10, 20, true),
                "fixed_order",
                Weight.DISTORTS,
                "The control and t300 take turns regularly: what comes and goes as they do, such as the time of day, is not"
                        + " told from the variant.");
        acts(
                new FixedOrder("t300", 6, 6, false),
                "fixed_order",
                Weight.DISTORTS,
                "In 6 of 6 pairs of periods the control came before t300: what differs between the first and the second,"
                        + " such as the time of day, is not told from the variant.");
        rests(new FixedOrder("t300", 5, 5, false));
        rests(new FixedOrder("t300", 18, 20, false));
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
