package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.BuiltInMetrics;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.SpecialSamples;
import org.showroomlab.reports.pages.VerdictView;
import org.showroomlab.stats.verdict.Decision;
import org.showroomlab.stats.verdict.Reason;

/** Results that other things may have caused, or that do not add up. */
class DistortedResultsTest {
    private static final LocalDate DAY = Samples.DAY;
    private static final String END = "2026-04-06T00:00:00Z";

    /** Half of the amounts are in euro, of the others nobody knows; and nobody says a market. */
    @Test
    void currenciesThatDifferAreNotAddedUpWhereNobodyNamesAMarket() {
        List<ResultRow> rows = new ArrayList<>(bought(499, 1_000, "", 500));
        rows.addAll(bought(999, 1_000, "", 500));
        assertThat(Assembled.report(prices(999, REVENUE), rows, "2026-07-06T00:00:00Z")
                        .verdict()
                        .decision())
                .isNotEqualTo(Decision.SHIP);
    }

    @Test
    void whatSomethingElseMayHaveCausedIsNoAchievement() {
        List<ResultRow> rows = new ArrayList<>(SpecialSamples.ttlRows(6, true));
        rows.addAll(SpecialSamples.stalls(6, 100, 60, 60));
        assertThat(Assembled.report(SpecialSamples.ttl(), rows, END).verdict().reasons())
                .extracting(Reason::code)
                .startsWith("contaminated");
        assertThat(Assembled.card(SpecialSamples.ttl(), rows, END).raw("t").value())
                .isEmpty();
    }

    /** Of the 1,000 who bought at 9.99, 600 got their money back. */
    @Test
    void listPricesDoNotDecideAgainstWhatWasPaid() {
        LoadedExperiment e = ExperimentFiles.parse("p.yaml", """
                id: p
                analysis: price_elasticity
                start: 2026-01-05T00:00:00Z
                end: 2026-04-05T00:00:00Z
                observe_until: 2026-07-05T00:00:00Z
                currency: EUR
                variants:
                  - {id: p999, control: true, price_minor: 999}
                  - {id: p499, price_minor: 499}
                metrics:
                  - {id: revenue, type: mean, event: purchase, where: {kind: [subscription, renewal]}, subtract: {kind: [refund]}, value: amount_minor, goal: increase, role: primary}
                """);
        List<ResultRow> rows = new ArrayList<>();
        for (long price : new long[] {999, 499}) {
            String v = "p" + price;
            long x = price == 999 ? 1_000 : 1_500;
            long y = (price == 999 ? 400 : 1_500) * price;
            rows.add(Samples.statistic("p", "", v, DAY, 10_000, 0));
            rows.add(Samples.statistic("p", "revenue", v, DAY, 10_000, x, y, y * price));
            rows.add(Samples.statistic("p", BuiltInMetrics.CONVERSION, v, DAY, 10_000, x, x, x));
            rows.add(SpecialSamples.market("", v, "PT", 10_000, 0, 0, 0));
            rows.add(SpecialSamples.market(BuiltInMetrics.CONVERSION, v, "PT", 10_000, x, x, x));
            for (int days : BuiltInMetrics.HORIZON_DAYS) {
                rows.add(SpecialSamples.market(BuiltInMetrics.revenue(days), v, "PT", 10_000, x, y, y * price));
            }
            rows.add(SpecialSamples.market(BuiltInMetrics.OWN_CURRENCY, v, "PT", 10_000, x, 0, 0));
        }
        Report r = Assembled.report(e, rows, "2026-07-26T00:00:00Z");
        assertThat(r.verdict().reasons())
                .extracting(Reason::code)
                .contains("arms_not_separated")
                .doesNotContain("revenue_excludes_arm");
        assertThat(VerdictView.of(r).sentence())
                .doesNotContain("9.99 (p999, the control) is the price that earns most");
        assertThat(Objects.requireNonNull(r.analysis())
                        .orElseThrow()
                        .json()
                        .get("separated")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void aPriceThatEarnsMostIsNoAvoidedLoss() {
        List<ResultRow> rows = new ArrayList<>(bought(499, 1_500, "PT", 1_500));
        rows.addAll(bought(999, 1_000, "PT", 1_000));
        Scorecard card = Assembled.card(prices(999, CONVERSION), rows, "2026-07-06T00:00:00Z");
        assertThat(card.achieved().value().map(a -> a.avoidedLoss()).orElse(0.0))
                .isZero();
    }

    private static final String CONVERSION =
            "{id: conversion, type: proportion, event: purchase, where: {kind: subscription}, role: primary}";

    private static LoadedExperiment prices(long treatment, String metric) {
        return ExperimentFiles.parse("p.yaml", """
                id: p
                analysis: price_elasticity
                start: 2026-01-05T00:00:00Z
                end: 2026-04-05T00:00:00Z
                currency: EUR
                variants:
                  - {id: p499, control: true, price_minor: 499}
                  - {id: p%1$d, price_minor: %1$d}
                metrics:
                  - %2$s
                """.formatted(treatment, metric));
    }

    private static List<ResultRow> bought(long price, long x, String market, long inEuro) {
        String v = "p" + price;
        List<ResultRow> rows = new ArrayList<>();
        rows.add(Samples.statistic("p", "", v, DAY, 10_000, 0));
        rows.add(Samples.statistic("p", "conversion", v, DAY, 10_000, x, x, x));
        rows.add(Samples.statistic("p", "revenue", v, DAY, 10_000, x, x * price, x * price * price));
        rows.add(Samples.statistic("p", BuiltInMetrics.CONVERSION, v, DAY, 10_000, x, x, x));
        rows.add(SpecialSamples.market("", v, market, 10_000, 0, 0, 0));
        rows.add(SpecialSamples.market(BuiltInMetrics.CONVERSION, v, market, 10_000, x, x, x));
        for (int d : BuiltInMetrics.HORIZON_DAYS) {
            rows.add(SpecialSamples.market(
                    BuiltInMetrics.revenue(d), v, market, 10_000, x, x * price, x * price * price));
        }
        rows.add(SpecialSamples.market(BuiltInMetrics.OWN_CURRENCY, v, market, 10_000, inEuro, 0, 0));
        return rows;
    }

    private static final String REVENUE =
            "{id: revenue, type: mean, event: purchase, where: {kind: subscription}, value: amount_minor, goal: increase, role: primary}";
}
