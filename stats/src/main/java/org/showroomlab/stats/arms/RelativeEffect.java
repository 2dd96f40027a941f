package org.showroomlab.stats.arms;

import java.util.Optional;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;

/**
 * A relative lift with the way its interval was made.
 *
 * @param effect the lift as a fraction (0.1 is ten per cent)
 * @param method the method that was used, which is not the one asked for when that one does not apply
 * @param excluded the lifts between the two rays of an unbounded set; empty when the set is bounded, or is the whole line
 */
public record RelativeEffect(Effect effect, RelativeLift.Method method, Optional<Interval> excluded) {

    /** A lift whose set is an interval. */
    public RelativeEffect(Effect effect, RelativeLift.Method method) {
        this(effect, method, Optional.empty());
    }

    /** What an unbounded set of Fieller's is, in a sentence; empty when an end of the interval is finite. */
    public Optional<String> unbounded() {
        Interval ci = effect.ci();
        if (method != RelativeLift.Method.FIELLER || Double.isFinite(ci.low()) || Double.isFinite(ci.high())) {
            return Optional.empty();
        }
        return Optional.of("The interval is unbounded, because the control is not separated from 0: "
                + excluded.map(gap -> "two rays, all lifts but those between " + gap.low() + " and " + gap.high() + ".")
                        .orElse("the whole line, no lift is excluded."));
    }
}
