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

    private FisherExactPValue() {}

    /** Empty when both rows or both columns leave nothing to permute, or the table is beyond the int range. */
    static OptionalDouble of(Proportion control, Proportion treatment, Alternative alternative) {
        long total = control.n() + treatment.n();
        if (control.n() == 0 || treatment.n() == 0 || total > Integer.MAX_VALUE) {
            return OptionalDouble.empty();
        }
        long successes = control.successes() + treatment.successes();
        if (successes == 0 || successes == total) {
            return OptionalDouble.of(1);
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
