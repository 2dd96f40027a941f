package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.showroomlab.reports.SpecialSamples.PRICES;
import static org.showroomlab.reports.SpecialSamples.market;
import static org.showroomlab.reports.SpecialSamples.price;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.BuiltInMetrics;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.SpecialSamples;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.store.Store;

/** What the reading of prices says where the data do not carry a number. */
class PriceElasticityTest {

    static String text(LoadedExperiment experiment, List<ResultRow> rows, String newest, Format format) {
        List<ResultRow> all = new ArrayList<>(rows);
        all.add(Samples.accounting("events.ndjson", newest));
        try (Store store = Store.inMemory()) {
            store.replace(List.of(experiment), all);
            return new String(Reports.render(store, experiment.experiment().id(), format), StandardCharsets.UTF_8);
        }
    }

    private static String text(List<ResultRow> rows, Format format) {
        return text(price(), rows, "2026-07-06T00:00:00Z", format);
    }

    private static JsonNode json(List<ResultRow> rows) throws IOException {
        return new ObjectMapper().readTree(text(rows, Format.JSON)).at("/analysis/price_elasticity");
    }

    /** One market: at each of the three prices n visitors, of whom x subscribed in euros. */
    private static List<ResultRow> rows(String market, long[] n, long[] x) {
        List<ResultRow> rows = new ArrayList<>();
        for (int arm = 0; arm < PRICES.length; arm++) {
            if (n[arm] == 0) {
                continue;
            }
            String variant = "p" + PRICES[arm];
            long paid = x[arm] * PRICES[arm];
            rows.add(Samples.statistic("p", "", variant, Samples.DAY, n[arm], 0));
            rows.add(Samples.statistic(
                    "p", BuiltInMetrics.CONVERSION, variant, Samples.DAY, n[arm], x[arm], x[arm], x[arm]));
            rows.add(market("", variant, market, n[arm], 0, 0, 0));
            rows.add(market(BuiltInMetrics.CONVERSION, variant, market, n[arm], x[arm], x[arm], x[arm]));
            for (int days : BuiltInMetrics.HORIZON_DAYS) {
                rows.add(market(
                        BuiltInMetrics.revenue(days), variant, market, n[arm], x[arm], paid, paid * PRICES[arm]));
            }
            rows.add(market(BuiltInMetrics.OWN_CURRENCY, variant, market, n[arm], x[arm], paid, 0));
        }
        return rows;
    }

    /** Of each price in turn. */
    private static long[] each(long... values) {
        return values;
    }

    /** A yen has no hundredths, and a dinar a thousand parts. */
    @Test
    void pricesHaveTheDigitsOfTheirCurrency() {
        List<ResultRow> rows = rows("JP", each(400, 400, 400), each(48, 40, 34));
        for (String[] written : new String[][] {
            {"JPY", "[under 499, over 699]", "nominal prices in JPY", ">499<"},
            {"KWD", "[under 0.499, over 0.699]", "nominal prices in KWD", ">0.499<"},
            {"EUR", "[under 4.99, over 6.99]", "nominal prices in EUR", ">4.99<"}
        }) {
            LoadedExperiment experiment =
                    ExperimentFiles.parse("p.yaml", price().yaml().replace("EUR", written[0]));
            assertThat(text(experiment, rows, "2026-07-06T00:00:00Z", Format.HTML))
                    .contains(List.of(written).subList(1, written.length));
        }
    }

    /** Where the optimum of a curve would be beyond the prices is no figure for a reader. */
    @Test
    void aBestPriceOutsideTheTestedOnesIsNotSaidOnThePage() throws Exception {
        List<ResultRow> rows = rows("PT", each(400, 400, 400), each(48, 47, 46));
        JsonNode optimum = json(rows).at("/markets/0/logit/optimum");
        assertThat(optimum.get("reason").asText())
                .startsWith("The model puts the best price at ")
                .endsWith(", outside the tested 499 to 699.");
        assertThat(text(rows, Format.HTML))
                .contains("The logistic curve has its best price outside the tested 4.99 to 6.99.")
                .doesNotContain("The model puts");
    }

    @Test
    void theBestPriceIsNotBoundedWhereNoPriceWasTested() throws Exception {
        List<ResultRow> rows = rows("PT", each(400, 400, 400), each(48, 40, 34));
        JsonNode optimum = json(rows).at("/markets/0/logit/optimum");
        assertThat(optimum.get("price").asDouble()).isBetween(499.0, 699.0);
        assertThat(optimum.get("price").asDouble()
                        - 2 * optimum.get("std_error").asDouble())
                .isLessThan(499);
        assertThat(optimum.get("ci").toString()).isEqualTo("[null,null]");
        assertThat(optimum.get("note").asText())
                .isEqualTo("The interval is open on both sides: the data do not bound the best price inside the tested"
                        + " 499 to 699.");
        assertThat(text(rows, Format.HTML)).contains("[under 4.99, over 6.99]", "do not bound the best price");
        assertThat(text(rows, Format.CSV)).contains("inside the tested ones. The interval is open on both sides");
    }

    @Test
    void theBestPriceHasAnIntervalWhereTheTestedPricesBoundIt() throws Exception {
        JsonNode optimum = json(rows("PT", each(90_000, 90_000, 90_000), each(9_900, 8_500, 6_900)))
                .at("/markets/0/logit/optimum");
        double estimate = optimum.get("price").asDouble();
        assertThat(optimum.at("/ci/0").asDouble())
                .isCloseTo(estimate - 1.959964 * optimum.get("std_error").asDouble(), within(1e-3));
        assertThat(optimum.at("/ci/1").asDouble()).isBetween(estimate, 699.0);
        assertThat(optimum.has("note")).isFalse();
    }

    /** With one subscriber at 6.99 the prices are not separated; with none they cannot even be compared. */
    @Test
    void aPriceThatSoldNothingRulesOutNoPrice() {
        for (long sold : new long[] {1, 0}) {
            List<ResultRow> rows = rows("PT", each(200, 200, 200), each(14, 10, sold));
            assertThat(text(rows, Format.JSON))
                    .contains(
                            "arms_not_separated",
                            sold > 0
                                    ? "arms could still be the best one"
                                    : "Which of the 3 arms is the best could not be computed: None of the 200 visitors who"
                                            + " saw the price 699.0 bought");
        }
    }

    /** Two prices suffice for an elasticity: the ratio of the logarithms. */
    @Test
    void aMarketWithoutVisitorsAtOnePriceIsPooledByTheOthers() throws Exception {
        List<ResultRow> rows = rows("PT", each(10_000, 10_000, 10_000), each(980, 810, 690));
        rows.addAll(rows("US", each(3_000, 3_000, 0), each(300, 240, 0)));
        rows.addAll(rows("ES", each(500, 0, 0), each(40, 0, 0)));
        JsonNode json = json(rows);
        JsonNode us = json.at("/markets/2");
        assertThat(us.get("market").asText()).isEqualTo("US");
        assertThat(us.at("/log_binomial/elasticity").asDouble())
                .isCloseTo(Math.log(240.0 / 300) / Math.log(599.0 / 499), within(1e-9));
        assertThat(us.at("/log_binomial/std_error").asDouble())
                .isCloseTo(Math.sqrt(0.92 / 240 + 0.9 / 300) / Math.log(599.0 / 499), within(1e-9));
        assertThat(us.at("/logit/b").isNull()).isTrue();
        assertThat(us.at("/logit/reason").asText()).isEqualTo("Nobody was exposed to the price 699.0.");
        assertThat(us.get("prices_without_visitors").toString()).isEqualTo("[699.0]");
        JsonNode pooled = json.get("pooled");
        assertThat(pooled.get("shrunken").findValuesAsText("market")).containsExactly("PT", "US");
        assertThat(pooled.at("/shrunken/1/elasticity").isNumber()).isTrue();
        assertThat(pooled.at("/left_out/0/market").asText()).isEqualTo("ES");
        assertThat(pooled.at("/left_out/0/reason_code").asText()).isEqualTo("not_enough_data");
        assertThat(text(rows, Format.HTML))
                .contains(
                        "nobody saw 6.99",
                        "Pooled over 2 markets (PT, US)",
                        "Not pooled: ES. Nobody was exposed to the price 599.0.")
                .doesNotContain("outside the tested prices");
    }

    @Test
    void visitorsWithoutAMarketAreNoMarketOfThePool() throws Exception {
        List<ResultRow> rows = rows("PT", each(10_000, 10_000, 10_000), each(980, 810, 690));
        rows.addAll(rows("ES", each(5_000, 5_000, 5_000), each(510, 420, 330)));
        rows.addAll(rows("", each(500, 500, 500), each(40, 41, 42)));
        JsonNode json = json(rows);
        assertThat(json.at("/markets/0/market").asText()).isEmpty();
        assertThat(json.at("/markets/0/log_binomial/elasticity").isNumber()).isTrue();
        assertThat(json.at("/pooled/shrunken").findValuesAsText("market")).containsExactly("ES", "PT");
        assertThat(json.at("/pooled/left_out/0/market").asText()).isEmpty();
        assertThat(json.at("/pooled/left_out/0/reason_code").asText()).isEqualTo("no_market");
        assertThat(text(rows, Format.HTML))
                .contains(
                        "<th scope=\"row\">no market</th>",
                        "Not pooled: no market. Visitors without a market are an unknown mix of markets and currencies.")
                .doesNotContain("(none)");
        assertThat(text(rows, Format.CSV)).contains("\"price elasticity of conversion, visitors without a market\"");
    }

    @Test
    void whereNobodyHasAMarketAllVisitorsAreOne() throws Exception {
        JsonNode json = json(rows("", each(500, 500, 500), each(60, 50, 42)));
        assertThat(json.at("/pooled/elasticity/estimate").asDouble())
                .isEqualTo(json.at("/overall/log_binomial/elasticity").asDouble());
        assertThat(json.at("/pooled/left_out")).isEmpty();
    }

    /** The sample's file with a metric that adds amounts. */
    private static LoadedExperiment adding(String where) {
        return SpecialSamples.price("""
                observe_until: 2026-07-05T00:00:00Z
                metrics:
                  - {id: revenue, type: mean, event: purchase, value: amount_minor, %s role: primary}
                  - {id: orders, type: mean, event: purchase}
                """.formatted(where));
    }

    @Test
    void amountsOfSeveralCurrenciesInOneMetricAreSaid() {
        List<ResultRow> rows = rows("PT", each(400, 400, 400), each(48, 40, 34));
        assertThat(text(adding(""), rows, "2026-07-06T00:00:00Z", Format.JSON)).doesNotContain("currencies_added");
        rows.addAll(rows("GB", each(400, 400, 400), each(48, 40, 34)));
        for (int price : PRICES) {
            rows.add(market(BuiltInMetrics.OWN_CURRENCY, "p" + price, "GB", 400, 0, 0, 0));
        }
        String said =
                "Amounts in EUR, GBP are added as minor units without conversion in revenue: 122 of 244 payments do"
                        + " not say EUR, and their currency is taken to be that of their market.";
        for (Format format : List.of(Format.JSON, Format.HTML)) {
            assertThat(text(adding(""), rows, "2026-07-06T00:00:00Z", format)).contains(said);
            assertThat(text(adding("where: {currency: EUR},"), rows, "2026-07-06T00:00:00Z", format))
                    .doesNotContain("without conversion");
        }
    }

    /** 500 of 600 visitors came on the first day; the newest event is of the day after the first ones' 30 days. */
    @Test
    void revenueOfAHorizonThatNobodyHasHadIsNone() throws Exception {
        List<ResultRow> rows = rows("PT", each(500, 500, 500), each(60, 50, 42));
        for (int price : PRICES) {
            rows.add(Samples.statistic("p", "", "p" + price, "market", "PT", Samples.DAY.plusDays(20), 100, 0, 0, 0));
        }
        String newest = Samples.DAY.plusDays(31) + "T12:00:00Z";
        JsonNode horizons = new ObjectMapper()
                .readTree(text(adding(""), rows, newest, Format.JSON))
                .at("/analysis/price_elasticity/markets/0/horizons");
        assertThat(horizons.at("/0/matured_share").asDouble()).isCloseTo(500 / 600.0, within(1e-12));
        assertThat(horizons.at("/0/arms/0/estimate").isNumber()).isTrue();
        assertThat(horizons.at("/0/estimand").asText())
                .isEqualTo(
                        "minor units of EUR per exposed visitor within 30 days from subscriptions, renewals and sales,"
                                + " refunds off; of incomplete cohorts: 83.3 % of the visitors have been observed for 30 days, the"
                                + " others count with what they paid so far");
        assertThat(horizons.at("/1/matured_share").asDouble()).isZero();
        assertThat(horizons.at("/1/arms/0/estimate").isNull()).isTrue();
        assertThat(horizons.at("/1/arms/0/ci").isNull()).isTrue();
        assertThat(horizons.at("/1/arms/0/reason_code").asText()).isEqualTo("immature_cohorts");
        assertThat(horizons.at("/1/arms/0").has("could_be_best")).isFalse();
        assertThat(text(adding(""), rows, newest, Format.HTML))
                .contains("83.3 % complete", "nobody complete", "subscriptions, renewals and sales, refunds taken off");
        assertThat(text(adding(""), rows, newest, Format.CSV))
                .contains("refunds off; of incomplete cohorts", "Nobody of this market has been observed for 60 days.");
    }

    /** The last visitors came in the first two hours of the last local day, and had their 30 days like all others. */
    @Test
    void wholeDaysOfNoMatterWhichZoneAreOver() throws Exception {
        List<ResultRow> rows = rows("PT", each(500, 500, 500), each(60, 50, 42));
        for (int price : PRICES) {
            rows.add(Samples.statistic("p", "", "p" + price, "market", "PT", LocalDate.of(2026, 4, 5), 10, 0, 0, 0));
        }
        LoadedExperiment experiment = SpecialSamples.price("""
                observe_until: 2026-05-05T00:00:00Z
                time_zone: Europe/Berlin
                metrics:
                  - {id: orders, type: mean, event: purchase, role: primary}
                """);
        JsonNode horizons = new ObjectMapper()
                .readTree(text(experiment, rows, "2026-05-06T00:00:00Z", Format.JSON))
                .at("/analysis/price_elasticity/markets/0/horizons");
        assertThat(horizons.at("/0/matured_share").asDouble()).isEqualTo(1);
        assertThat(horizons.at("/1/matured_share").asDouble()).isLessThan(1);
    }

    /** Ten days after the start nobody knows who renews within fourteen. */
    @Test
    void renewalsAreSaidAsFarAsSubscribersWereWatched() throws Exception {
        List<ResultRow> rows = rows("PT", each(400, 400, 400), each(48, 40, 34));
        rows.add(new LifeTableCount("p", "p499", "subscription", 0, "entered", 0, Samples.DAY, 4));
        rows.add(new LifeTableCount("p", "p499", "subscription", 0, "renewed", 8, Samples.DAY.plusDays(2), 1));
        JsonNode at = new ObjectMapper()
                .readTree(text(price(), rows, "2026-01-15T12:00:00Z", Format.JSON))
                .at("/analysis/price_elasticity/renewals/0/at");
        assertThat(at.at("/0/days").asInt()).isEqualTo(7);
        assertThat(at.at("/0/renewed").asDouble()).isEqualTo(0.25);
        for (int i = 1; i < 5; i++) {
            assertThat(at.get(i).get("renewed").isNull()).isTrue();
            assertThat(at.get(i).get("reason_code").asText()).isEqualTo("immature_cohorts");
        }
        assertThat(at.at("/1/reason").asText())
                .startsWith("No subscriber has been watched for 14 days: the first is known for 10.");
    }

    /** 12, 10 and 8 % subscribe: conversion falls significantly, revenue per visitor does not differ. */
    private static List<ResultRow> unseparated() {
        List<ResultRow> rows = rows("PT", each(2_000, 2_000, 2_000), each(240, 190, 168));
        for (int arm = 0; arm < PRICES.length; arm++) {
            long x = each(240, 190, 168)[arm];
            rows.add(Samples.statistic("p", "conversion", "p" + PRICES[arm], Samples.DAY, 2_000, x, x, x));
        }
        return rows;
    }

    private static LoadedExperiment converting(String monitoring) {
        return SpecialSamples.price("""
                metrics:
                  - {id: conversion, type: proportion, event: purchase, where: {kind: subscription}, role: primary}
                monitoring: %s
                """.formatted(monitoring));
    }

    @Test
    void aFallOfConversionRollsNothingBackWhilePricesAreNotSeparated() throws Exception {
        JsonNode verdict = new ObjectMapper()
                .readTree(text(converting("fixed"), unseparated(), "2026-07-06T00:00:00Z", Format.JSON))
                .get("verdict");
        assertThat(verdict.get("reasons").findValuesAsText("code"))
                .containsExactly("arms_not_separated", "success_harmed", "success_harmed");
        assertThat(verdict.get("decision").asText()).isEqualTo("review");
    }

    /** Halfway, at a first look: the fall would cross the boundary of harm. */
    @Test
    void norDoesItStopAnExperimentEarly() throws Exception {
        JsonNode verdict = new ObjectMapper()
                .readTree(text(converting("group_sequential"), unseparated(), "2026-02-19T00:00:00Z", Format.JSON))
                .get("verdict");
        // What stops nothing is not what is said first.
        assertThat(verdict.get("reasons").findValuesAsText("code"))
                .startsWith("arms_not_separated")
                .endsWith("worse_noted");
        assertThat(verdict.get("reasons").findValuesAsText("text"))
                .last()
                .asString()
                .endsWith("by itself that stops no test of this kind.");
        assertThat(verdict.get("decision").asText()).isEqualTo("keep_running");
    }

    /** Of all 12, 2 and 2 % subscribed; of those whose 96 hours are over, as many earn most with each of the prices. */
    @Test
    void pricesAreSeparatedByTheUnitsThatTheVerdictGoesBy() throws Exception {
        List<ResultRow> rows = rows("PT", each(4_000, 4_000, 4_000), each(480, 80, 80));
        for (int arm = 0; arm < PRICES.length; arm++) {
            String variant = "p" + PRICES[arm];
            long x = each(240, 190, 168)[arm];
            rows.add(Samples.statistic("p", "conversion", variant, Samples.DAY, 4_000, x, x, x));
            for (String metric : List.of("", "conversion", BuiltInMetrics.CONVERSION)) {
                rows.add(Samples.statistic("p", metric, variant, "*cohort", "0", Samples.DAY, 2_000, x, x, x));
            }
        }
        for (boolean windows : new boolean[] {false, true}) {
            LoadedExperiment experiment = SpecialSamples.price("""
                    metrics:
                      - {id: conversion, type: proportion, event: purchase, where: {kind: subscription}, role: primary%s}
                    monitoring: group_sequential
                    """.formatted(windows ? ", window_hours: 96" : ""));
            assertThat(new ObjectMapper()
                            .readTree(text(experiment, rows, "2026-02-19T00:00:00Z", Format.JSON))
                            .at("/verdict/reasons")
                            .findValuesAsText("code")
                            .contains("arms_not_separated"))
                    .isEqualTo(windows);
        }
    }

    /** Two days after the start nobody's 96 hours are over, though thousands have seen each price. */
    @Test
    void beforeAnybodyIsJudgedNoPriceIsSaidToBeSeenByNobody() throws Exception {
        List<ResultRow> rows = new ArrayList<>(unseparated());
        for (int arm = 0; arm < PRICES.length; arm++) {
            long x = each(240, 190, 168)[arm];
            for (String metric : List.of("", "conversion", BuiltInMetrics.CONVERSION)) {
                rows.add(
                        Samples.statistic("p", metric, "p" + PRICES[arm], "*cohort", "0", Samples.DAY, 2_000, x, x, x));
            }
        }
        LoadedExperiment experiment = SpecialSamples.price("""
                metrics:
                  - {id: conversion, type: proportion, event: purchase, role: primary, window_hours: 96}
                monitoring: group_sequential
                """);
        JsonNode verdict = new ObjectMapper()
                .readTree(text(experiment, rows, "2026-01-07T00:00:00Z", Format.JSON))
                .get("verdict");
        assertThat(verdict.get("decision").asText()).isEqualTo("keep_running");
        assertThat(verdict.get("reasons").findValuesAsText("code"))
                .contains("immature_cohorts")
                .doesNotContain("arms_not_separated");
        assertThat(verdict.toString()).doesNotContain("Nobody was exposed");
    }

    /** Of 599 and 699 the first one earns most and is bought most. */
    @Test
    void theHeadlineNamesThePriceThatEarnsMost() {
        List<ResultRow> rows = rows("PT", each(4_000, 4_000, 4_000), each(400, 520, 300));
        for (int arm = 0; arm < PRICES.length; arm++) {
            long x = each(400, 520, 300)[arm];
            String variant = "p" + PRICES[arm];
            rows.add(Samples.statistic("p", "conversion", variant, Samples.DAY, 4_000, x, x, x));
        }
        assertThat(text(converting("fixed"), rows, "2026-07-06T00:00:00Z", Format.JSON))
                .contains(
                        "\"decision\" : \"ship\"",
                        "5.99 (p599) is the price that earns most per visitor. conversion changed by +30.0 % with p599.");
        assertThat(text(converting("fixed"), unseparated(), "2026-07-06T00:00:00Z", Format.HTML))
                .contains("4.99, 5.99, 6.99 could each still be the price that earns most per visitor.");
        assertThat(text(rows("PT", each(200, 200, 200), each(14, 10, 0)), Format.HTML))
                .contains("Which price earns most per visitor could not be computed: None of the 200 visitors")
                .doesNotContain("do not separate");
    }

    /** Logistic demand, an elasticity above −1 and the revenue observed each have another best price. */
    @Test
    void modelsThatDisagreeAreShownWithTheirRange() throws Exception {
        List<ResultRow> rows = rows("PT", each(1_000, 1_000, 1_000), each(150, 100, 104));
        JsonNode curve = json(rows).at("/markets/0");
        JsonNode range = curve.get("optimum_range");
        assertThat(range.get("models").findValuesAsText("model"))
                .containsExactly("logit", "log_binomial", "isotonic", "observed");
        double elasticity = curve.at("/log_binomial/elasticity").asDouble();
        assertThat(range.at("/models/1/price").asDouble()).isEqualTo(elasticity < -1 ? 499 : 699);
        assertThat(range.at("/models/1/end_of_tested_prices").asBoolean()).isTrue();
        assertThat(range.at("/models/3/price").asDouble()).isEqualTo(499);
        assertThat(range.get("low").asDouble()).isEqualTo(499);
        String said = "the models put";
        assertThat(range.get("note").asText()).containsIgnoringCase(said).contains("the revenue observed at 499.");
        assertThat(text(rows, Format.HTML))
                .contains("Over all models the best tested price is ", "over all models 4.99");
        assertThat(text(rows, Format.CSV))
                .contains("price_elasticity.best_price_range")
                .containsIgnoringCase(said);
    }
}
