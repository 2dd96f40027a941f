package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.UnitStatistic.Sum;
import org.showroomlab.reports.Samples;
import org.showroomlab.stats.verdict.Decision;
import org.showroomlab.stats.verdict.Reason;

/** What so few units say that no assignment of them is rare. */
class FewUnitsTest {
    private static final LocalDate DAY = Samples.DAY;
    private static final String END = "2026-04-06T00:00:00Z";
    private static final String PAID =
            "metrics:\n  - {id: paid, type: mean, event: purchase, value: amount_minor, goal: increase, role: primary}\n";

    private static final String BASKET =
            "metrics:\n  - {id: basket, type: ratio, event: purchase, value: amount_minor, per: {event: purchase}, goal: increase, role: primary}\n";

    private static final String SHARE =
            "metrics:\n  - {id: good, type: share, event: cache_timing, value: lcp_ms, at_most: 2500, goal: increase, role: primary}\n";

    /** Baskets of 10.00 and 10.10 against 13.00 and 13.10, of a thousand visitors each. */
    @Test
    void aRatioOfTwoBuyersIsOfTwoUnits() {
        List<ResultRow> rows = new ArrayList<>();
        for (String v : List.of("a", "b")) {
            long x = v.equals("a") ? 1_000 : 1_300;
            long y = 2 * x + 10;
            rows.add(Samples.statistic("e", "", v, DAY, 1_000, 0));
            rows.add(Samples.statistic("e", "basket", v, DAY, 1_000, 2, sums(y, x * x + (x + 10) * (x + 10), 2, 2, y)));
        }
        assertThat(Assembled.report(Samples.experiment("e", BASKET), rows, END)
                        .verdict()
                        .decision())
                .isEqualTo(Decision.REVIEW);
    }

    /** One view that was good against 500 of 1,000: an arm without any spread. */
    @Test
    void oneEventIsNoShare() {
        List<ResultRow> rows = visitors(1_000);
        rows.add(Samples.statistic("e", "good", "a", DAY, 1_000, 1_000, sums(500, 500, 1_000, 1_000, 500)));
        rows.add(Samples.statistic("e", "good", "b", DAY, 1_000, 1, sums(1, 1, 1, 1, 1)));
        Report r = Assembled.report(Samples.experiment("e", SHARE), rows, END);
        assertThat(r.verdict().decision()).isEqualTo(Decision.REVIEW);
        assertThat(r.verdict().reasons()).extracting(Reason::code).contains("not_enough_data");
    }

    /** A basket of 12.00 against a hundred of 9.00 and 11.00. */
    @Test
    void oneBuyerIsNoRatio() {
        List<ResultRow> rows = visitors(1_000);
        rows.add(Samples.statistic(
                "e",
                "basket",
                "a",
                DAY,
                1_000,
                100,
                sums(100_000, 50 * (900 * 900 + 1_100 * 1_100), 100, 100, 100_000)));
        rows.add(Samples.statistic("e", "basket", "b", DAY, 1_000, 1, sums(1_200, 1_200 * 1_200, 1, 1, 1_200)));
        assertThat(Assembled.report(Samples.experiment("e", BASKET), rows, END)
                        .verdict()
                        .decision())
                .isEqualTo(Decision.REVIEW);
    }

    /** Two buyers per arm saw thousands of pages. */
    @Test
    void unitsOfARatioAreThoseWithADenominator() {
        List<ResultRow> rows = visitors(1_000);
        for (String v : List.of("a", "b")) {
            long x = v.equals("a") ? 1_000 : 1_300;
            rows.add(Samples.statistic(
                    "e",
                    "pages",
                    v,
                    DAY,
                    1_000,
                    2 * x + 10,
                    sums(2 * x + 10, x * x + (x + 10) * (x + 10), 2, 2, 2 * x + 10)));
        }
        Report r = Assembled.report(
                Samples.experiment(
                        "e",
                        "metrics:\n  - {id: pages, type: ratio, event: visit, per: {event: purchase}, goal: increase, role: primary}\n"),
                rows,
                END);
        assertThat(r.verdict().decision()).isEqualTo(Decision.REVIEW);
    }

    /** Of 10,000 purchases per arm few were refunded, and twice as many in one arm is no matter of units. */
    @Test
    void aRatioOfRareEventsRestsOnThem() {
        assertThat(refunds(3, 1))
                .satisfies(r -> assertThat(r.verdict().decision()).isEqualTo(Decision.REVIEW))
                .satisfies(r -> assertThat(r.verdict().reasons())
                        .extracting(Reason::text)
                        .anyMatch(text -> text.contains("In effect at most 4 units make the difference")));
        assertThat(refunds(8, 5).verdict().decision()).isEqualTo(Decision.SHIP);
        assertThat(refunds(0, 0).verdict().decision()).isEqualTo(Decision.REVIEW);
    }

    private static Report refunds(long control, long treatment) {
        List<ResultRow> rows = visitors(10_000);
        for (String v : List.of("a", "b")) {
            long refunded = v.equals("a") ? control : treatment;
            long buyers = v.equals("a") ? 5_000 : 6_000;
            rows.add(Samples.statistic("e", "conv", v, DAY, 10_000, buyers, buyers, buyers));
            rows.add(Samples.statistic(
                    "e", "refunds", v, DAY, 10_000, refunded, sums(refunded, refunded, 10_000, 10_000, refunded)));
        }
        return Assembled.report(Samples.experiment("e", """
                        metrics:
                          - {id: conv, type: proportion, event: purchase, goal: increase, role: primary}
                          - {id: refunds, type: ratio, event: purchase, where: {kind: refund}, per: {event: purchase}, goal: decrease, role: guardrail, margin: 0.9}
                        """), rows, END);
    }

    private static List<ResultRow> visitors(long perArm) {
        List<ResultRow> rows = new ArrayList<>();
        for (String v : List.of("a", "b")) {
            rows.add(Samples.statistic("e", "", v, DAY, perArm, 0));
        }
        return rows;
    }

    private static long[] sums(long y, long yy, long d, long dd, long yd) {
        long[] s = new long[Sum.values().length];
        s[Sum.Y.ordinal()] = y;
        s[Sum.YY.ordinal()] = yy;
        s[Sum.D.ordinal()] = d;
        s[Sum.DD.ordinal()] = dd;
        s[Sum.YD.ordinal()] = yd;
        return s;
    }

    /** Welch's t is 2, p = .046, but four payments of one kind fall into one arm once in eight times. */
    @Test
    void fourPayersOfTwoThousandDecideNothing() {
        Report few = Assembled.report(Samples.experiment("e", PAID), payers(4), END);
        assertThat(few.verdict().decision()).isEqualTo(Decision.REVIEW);
        assertThat(few.verdict().reasons()).extracting(Reason::code).contains("not_enough_data");
        Report enough = Assembled.report(Samples.experiment("e", PAID), payers(6), END);
        assertThat(enough.verdict().decision()).isEqualTo(Decision.SHIP);
    }

    /** A subscription and two renewals each: twelve payments are four payers, who fall into one arm once in eight times. */
    @Test
    void paymentsOfOnePayerAreNoPayers() {
        List<ResultRow> rows = visitors(1_200);
        rows.add(Samples.statistic("e", "paid", "a", DAY, 1_200, 0, 0, 0));
        rows.add(Samples.statistic("e", "paid", "b", DAY, 1_200, 12, 4 * 1_497, 4 * 1_497 * 1_497));
        Report r = Assembled.report(Samples.experiment("e", PAID), rows, END);
        assertThat(r.verdict().decision()).isEqualTo(Decision.REVIEW);
        assertThat(r.verdict().reasons()).extracting(Reason::code).contains("not_enough_data");
    }

    /** Four of 2,400 visitors saw 23 slow pages each, the others one fast page. */
    @Test
    void slowViewsOfOneVisitorAreOneVisitor() {
        List<ResultRow> rows = visitors(1_200);
        long n = 1_196 + 4 * 23;
        rows.add(Samples.statistic("e", "good", "a", DAY, 1_200, 1_200, sums(1_200, 1_200, 1_200, 1_200, 1_200)));
        rows.add(Samples.statistic("e", "good", "b", DAY, 1_200, n, sums(1_196, 1_196, n, 1_196 + 4 * 23 * 23, 1_196)));
        Report r = Assembled.report(Samples.experiment("e", SHARE), rows, END);
        assertThat(r.verdict().decision()).isEqualTo(Decision.REVIEW);
        assertThat(r.verdict().reasons()).extracting(Reason::code).contains("not_enough_data");
    }

    /** All of them in the treatment. */
    private static List<ResultRow> payers(long count) {
        List<ResultRow> rows = new ArrayList<>();
        for (String v : List.of("a", "b")) {
            long payers = v.equals("b") ? count : 0;
            rows.add(Samples.statistic("e", "", v, DAY, 1_000, 0));
            rows.add(Samples.statistic("e", "paid", v, DAY, 1_000, payers, payers * 499, payers * 499 * 499));
        }
        return rows;
    }

    @Test
    void twoAgainstTwoAreNoHarm() {
        Report r = Assembled.report(
                Samples.experiment("e", "monitoring: group_sequential\n" + PAID),
                paid(2, 9_000, 1_000),
                "2026-02-19T00:00:00Z");
        assertThat(r.verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
    }

    /** The boundary is p = .003, and no assignment of four of eight is rarer than 1/35. */
    @Test
    void atALookItsLevelCounts() {
        Report r = Assembled.report(
                Samples.experiment("e", "monitoring: group_sequential\n" + PAID),
                paid(4, 1_000, 9_000),
                "2026-02-19T00:00:00Z");
        assertThat(r.verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
    }

    @Test
    void theScorecardTakesNoEffectThatTheVerdictRefuses() {
        assertThat(Assembled.card(Samples.experiment("e", PAID), paid(2, 1_000, 9_000), END)
                        .raw("e")
                        .value())
                .isEmpty();
    }

    @Test
    void slicesOfTwoUnitsAreNotWeighed() {
        long[][] paid = {
            {900, 1100, 1300, 1310},
            {1000, 1400, 900, 1000},
            {700, 1500, 800, 1500},
            {1190, 1200, 1000, 1010},
            {800, 1300, 900, 1200}
        };
        List<ResultRow> rows = new ArrayList<>();
        for (int arm = 0; arm < 2; arm++) {
            String v = arm == 0 ? "a" : "b";
            rows.add(Samples.statistic("e", "", v, DAY, 10, 0));
            for (int g = 0; g < paid.length; g++) {
                long x = paid[g][2 * arm];
                long y = paid[g][2 * arm + 1];
                rows.add(Samples.statistic("e", "paid", v, "region", "r" + g, DAY, 2, 2, x + y, x * x + y * y));
            }
        }
        Report r = Assembled.report(Samples.experiment("e", "dimensions: [region]\n" + PAID), rows, END);
        assertThat(r.metrics()
                        .get(0)
                        .heterogeneity()
                        .get(0)
                        .fit()
                        .value()
                        .map(f -> f.qPValue())
                        .orElse(1.0))
                .isGreaterThan(0.05);
    }

    private static List<ResultRow> paid(long n, long a, long b) {
        List<ResultRow> rows = new ArrayList<>();
        for (String v : List.of("a", "b")) {
            long x = v.equals("a") ? a : b;
            long h = n / 2;
            rows.add(Samples.statistic("e", "", v, DAY, n, 0));
            rows.add(Samples.statistic(
                    "e", "paid", v, DAY, n, n, h * (2 * x + 10), h * x * x + h * (x + 10) * (x + 10)));
        }
        return rows;
    }
}
