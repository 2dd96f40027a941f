package org.showroomlab.stats.arms;

import java.util.OptionalDouble;
import org.showroomlab.stats.Alternative;

/**
 * Fisher's exact p-value of a 2 × 2 table, two-sided by the sum of the tables that are no more likely, as R's fisher.test.
 *
 * <p>Source: Fisher (1935), doi:10.2307/2342435.
 */
final class FisherExactPValue {

    /** Tables that are walked over: about half a second. */
    private static final double MOST_TABLES = 1e8;

    /** Tables that are as likely as the observed one differ from it by rounding. */
    private static final double TIE = 1 + 1e-7;

    private FisherExactPValue() {}

    /** Empty when an arm is empty, or when more than 10^8 tables would count (margins beyond about 10^12). */
    static OptionalDouble of(Proportion control, Proportion treatment, Alternative alternative) {
        long total = control.n() + treatment.n();
        if (control.n() == 0 || treatment.n() == 0) {
            return OptionalDouble.empty();
        }
        long successes = control.successes() + treatment.successes();
        if (successes == 0 || successes == total) {
            return OptionalDouble.of(1);
        }
        return walked(treatment, (double) total, (double) successes, alternative);
    }

    /**
     * Each table relative to the likeliest one, by the ratio of neighbours, outwards until nothing is left of it (below the
     * normal doubles a product may round to itself for ever). Factorials of 10^9 would lose the digits that the ratios keep.
     */
    private static OptionalDouble walked(
            Proportion treatment, double total, double successes, Alternative alternative) {
        double drawn = (double) treatment.n();
        double sd = Math.sqrt(drawn * (successes / total) * (1 - successes / total) * (1 - drawn / total));
        // 39 standard deviations out the density of a normal is 1e-330
        if (2 * 39 * sd > MOST_TABLES) {
            return OptionalDouble.empty();
        }
        double mode = Math.floor((drawn + 1) * ((successes + 1) / (total + 2)));
        double observed = (double) treatment.successes();
        double[] upper = outwards(mode, observed, 1, drawn, successes, total);
        double[] lower = outwards(mode, observed, -1, drawn, successes, total);
        double all = 1 + upper[0] + lower[0];
        double atObserved = observed == mode ? 1 : observed > mode ? upper[1] : lower[1];
        double greater = observed > mode ? upper[2] : all - (observed == mode ? lower[0] : lower[2] - atObserved);
        double less = observed < mode ? lower[2] : all - (observed == mode ? upper[0] : upper[2] - atObserved);
        double p = switch (alternative) {
            case GREATER -> greater;
            case LESS -> less;
            case TWO_SIDED ->
                (1 <= atObserved * TIE ? 1 : 0)
                        + noLikelier(mode, 1, atObserved, drawn, successes, total)
                        + noLikelier(mode, -1, atObserved, drawn, successes, total);
        };
        return OptionalDouble.of(Math.min(1, p / all));
    }

    /** On one side of the mode: the sum of all tables, the observed one, and the sum from it outwards. */
    private static double[] outwards(
            double mode, double observed, int step, double drawn, double successes, double total) {
        double[] sums = new double[3];
        double weight = 1;
        for (double x = mode; weight >= Double.MIN_NORMAL; x += step) {
            weight *= neighbour(x, step, drawn, successes, total);
            double at = x + step;
            sums[0] += weight;
            sums[1] = at == observed ? weight : sums[1];
            sums[2] += (at - observed) * step >= 0 ? weight : 0;
        }
        return sums;
    }

    private static double noLikelier(
            double mode, int step, double atObserved, double drawn, double successes, double total) {
        double weight = 1;
        double sum = 0;
        for (double x = mode; weight >= Double.MIN_NORMAL; x += step) {
            weight *= neighbour(x, step, drawn, successes, total);
            sum += weight <= atObserved * TIE ? weight : 0;
        }
        return sum;
    }

    /** P(x + step)/P(x) of the hypergeometric distribution. */
    private static double neighbour(double x, int step, double drawn, double successes, double total) {
        double ratio = step > 0
                ? (successes - x) / (x + 1) * ((drawn - x) / (total - successes - drawn + x + 1))
                : x / (successes - x + 1) * ((total - successes - drawn + x) / (drawn - x + 1));
        return Math.max(0, ratio);
    }
}
