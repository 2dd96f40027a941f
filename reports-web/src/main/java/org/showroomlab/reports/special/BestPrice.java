package org.showroomlab.reports.special;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.price.LogitDemand;
import org.showroomlab.stats.verdict.Digits;

/**
 * The price that earns most per visitor under logistic demand, inside the tested prices.
 *
 * <p>A model is no evidence beyond the prices that were tried: an end of the interval that lies there is open.
 *
 * @param level the price with its standard error and interval
 * @param revenue per exposed visitor at it
 * @param tested the lowest and the highest tested price
 * @param openSides on which sides the data do not bound it; empty when they do on all that were asked for
 */
public record BestPrice(Estimated level, double revenue, Interval tested, Optional<String> openSides) {

    static Computable<BestPrice> of(LogitDemand demand, LogitDemand.Optimum optimum, Significance significance) {
        Interval tested = new Interval(demand.lowestPrice(), demand.highestPrice());
        if (!optimum.insideTested()) {
            return Computable.notComputable(
                    "outside_tested_prices",
                    "The model puts the best price at " + Digits.plain(optimum.price()) + ", outside the tested "
                            + Digits.plain(tested.low()) + " to " + Digits.plain(tested.high()) + ".");
        }
        Effect wald = significance.normal(optimum.price(), optimum.stdError());
        boolean below = wald.ci().low() < tested.low();
        boolean above = wald.ci().high() > tested.high();
        Interval ci = new Interval(
                below ? Double.NEGATIVE_INFINITY : wald.ci().low(),
                above ? Double.POSITIVE_INFINITY : wald.ci().high());
        return Computable.of(new BestPrice(
                new Estimated(wald.estimate(), wald.stdError(), ci),
                optimum.revenue(),
                tested,
                sides(
                        below && Double.isFinite(wald.ci().low()),
                        above && Double.isFinite(wald.ci().high()))));
    }

    private static Optional<String> sides(boolean below, boolean above) {
        if (below && above) {
            return Optional.of("on both sides");
        }
        return below ? Optional.of("below") : above ? Optional.of("above") : Optional.empty();
    }

    /** What an open end means; empty without one. */
    Optional<String> note() {
        return openSides.map(sides -> "The interval is open " + sides
                + ": the data do not bound the best price inside the tested " + Digits.plain(tested.low()) + " to "
                + Digits.plain(tested.high()) + ".");
    }

    ObjectNode json() {
        ObjectNode json = SpecialJson.object().put("price", level.estimate()).put("std_error", level.stdError());
        json.set("ci", SpecialJson.interval(level.ci()));
        json.put("revenue", revenue);
        note().ifPresent(note -> json.put("note", note));
        return json;
    }
}
