package org.showroomlab.stats.arms;

import java.util.OptionalDouble;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.showroomlab.stats.Alternative;

/**
 * Fisher's exact p-value of a 2 × 2 table, two-sided by the sum of the tables that are no more likely, as R's fisher.test.
 *
 * <p>Source: Fisher (1935), doi:10.2307/2342435.
 */
final class FisherExactPValue {

    /** The two-sided sum walks over every table with these margins: about 0.1 s at this size, and far beyond need. */
    private static final long LARGEST_MARGIN = 250_000;

    private FisherExactPValue() {}

    /** Empty when an arm is empty, the table is beyond the int range, or its smallest margin beyond 250,000. */
    static OptionalDouble of(Proportion control, Proportion treatment, Alternative alternative) {
        long total = control.n() + treatment.n();
        if (control.n() == 0 || treatment.n() == 0 || total > Integer.MAX_VALUE) {
            return OptionalDouble.empty();
        }
        long successes = control.successes() + treatment.successes();
        if (successes == 0 || successes == total) {
            return OptionalDouble.of(1);
        }
        long margin = Math.min(Math.min(control.n(), treatment.n()), Math.min(successes, total - successes));
        if (margin > LARGEST_MARGIN) {
            return OptionalDouble.empty();
        }
        int[][] table = {
            {(int) treatment.successes(), (int) (treatment.n() - treatment.successes())},
            {(int) control.successes(), (int) (control.n() - control.successes())}
        };
        double p = FisherExactTest.withDefaults()
                .with(hypothesis(alternative))
                .test(table)
                .getPValue();
        return OptionalDouble.of(Math.min(1, p));
    }

    private static AlternativeHypothesis hypothesis(Alternative alternative) {
        return switch (alternative) {
            case TWO_SIDED -> AlternativeHypothesis.TWO_SIDED;
            case GREATER -> AlternativeHypothesis.GREATER_THAN;
            case LESS -> AlternativeHypothesis.LESS_THAN;
        };
    }
}
