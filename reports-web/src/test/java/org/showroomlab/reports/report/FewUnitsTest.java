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

    /** Baskets of 10.00 and 10.10 against 13.00 and 13.10, of a thousand visitors each. */
    @Test
    void aRatioOfTwoBuyersIsOfTwoUnits() {
        List<ResultRow> rows = new ArrayList<>();
        for (String v : List.of("a", "b")) {
            long x = v.equals("a") ? 1_000 : 1_300;
            long y = 2 * x + 10;
            long[] s = new long[Sum.values().length];
            s[Sum.Y.ordinal()] = y;
            s[Sum.YY.ordinal()] = x * x + (x + 10) * (x + 10);
            s[Sum.D.ordinal()] = 2;
            s[Sum.DD.ordinal()] = 2;
            s[Sum.YD.ordinal()] = y;
            rows.add(Samples.statistic("e", "", v, DAY, 1_000, 0));
            rows.add(Samples.statistic("e", "basket", v, DAY, 1_000, 2, s));
        }
        Report r = Assembled.report(
                Samples.experiment(
                        "e",
                        "metrics:\n  - {id: basket, type: ratio, event: purchase, value: amount_minor, per: {event: purchase}, goal: increase, role: primary}\n"),
                rows,
                END);
        assertThat(r.verdict().decision()).isEqualTo(Decision.REVIEW);
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
